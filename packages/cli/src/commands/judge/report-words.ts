import type { Sentence } from '@escala/model';

/** What `escala report` says. */
export const reportWords = {
  report: {
    en: 'draw report.html, figures and tables from results.json',
    'pt-BR': 'desenha report.html, figuras e tabelas a partir de results.json',
  },
  run: { en: 'folder of the run', 'pt-BR': 'pasta da execução' },
  figure: { en: 'only this figure, by its name', 'pt-BR': 'só esta figura, pelo nome' },
  format: { en: 'of the figure', 'pt-BR': 'da figura' },
  width: {
    en: 'of the figure: one or two columns, or a length such as 85mm',
    'pt-BR': 'da figura: one ou two colunas, ou um comprimento como 85mm',
  },
  out: { en: 'file for the figure', 'pt-BR': 'arquivo para a figura' },
  written: {
    en: '{report}, {figures} {figures?file|files} of figures, {tables} {tables?file|files} of tables',
    'pt-BR':
      '{report}, {figures} {figures?arquivo|arquivos} de figuras, {tables} {tables?arquivo|arquivos} de tabelas',
  },
  examples: {
    en: `Examples:
  escala report runs/<id>                            the whole report again
  escala report runs/<id> --lang pt-BR               with Portuguese figures and tables
  escala report runs/<id> --figure throughput-replicas --format pdf --width one --out fig1.pdf`,
    'pt-BR': `Exemplos:
  escala report runs/<id>                            todo o relatório de novo
  escala report runs/<id> --lang pt-BR               com figuras e tabelas em português
  escala report runs/<id> --figure throughput-replicas --format pdf --width one --out fig1.pdf`,
  },
} as const satisfies Record<string, Sentence>;
