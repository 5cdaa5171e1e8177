import type { Sentence } from '@escala/model';

/** What `analyze`, `verify`, `compare` and `export` say, in both languages. */
export const judgementWords = {
  analyze: {
    en: 'judge the raw rows and write results.json; statistics and figures of files of the older form',
    'pt-BR': 'julga as linhas brutas e escreve results.json; estatísticas e figuras da forma antiga',
  },
  analyzeFiles: {
    en: 'the folder of a run, or tables in the older form of 10 columns, in any dialect of CSV',
    'pt-BR': 'a pasta de uma execução, ou tabelas na forma antiga de 10 colunas, em qualquer dialeto de CSV',
  },
  analyzed: {
    en: '{trials} {trials?trial|trials} of {cells} {cells?cell|cells}, {requests} {requests?request|requests}: {file}',
    'pt-BR':
      '{trials} {trials?ensaio|ensaios} de {cells} {cells?célula|células}, {requests} {requests?requisição|requisições}: {file}',
  },
  analyzedVerdicts: {
    en: 'Trials: {valid} VALID, {suspect} SUSPECT, {invalid} INVALID.',
    'pt-BR': 'Ensaios: {valid} VALID, {suspect} SUSPECT, {invalid} INVALID.',
  },
  analyzeOut: {
    en: 'folder for the tables and figures of such files; without it one beside each file',
    'pt-BR': 'pasta para as tabelas e figuras desses arquivos; sem ela, uma ao lado de cada um',
  },
  originWritten: {
    en: 'statistics and {figures} {figures?figure|figures}: {folder}',
    'pt-BR': 'estatísticas e {figures} {figures?figura|figuras}: {folder}',
  },
  verify: {
    en: 'recompute the ledger and every printed number from the raw files',
    'pt-BR': 'recalcula o registro e cada número impresso a partir dos arquivos brutos',
  },
  runFolder: { en: 'the folder of a run', 'pt-BR': 'a pasta de uma execução' },
  json: { en: 'one JSON object on stdout, nothing else', 'pt-BR': 'um objeto JSON em stdout, nada mais' },
  verified: {
    en: 'Everything agrees: {requests} {requests?request|requests}, {trials} {trials?trial|trials}, every number of results.json and of the report, every file.',
    'pt-BR':
      'Tudo confere: {requests} {requests?requisição|requisições}, {trials} {trials?ensaio|ensaios}, cada número de results.json e do relatório, cada arquivo.',
  },
  compare: {
    en: 'compare two systems or versions cell by cell, with intervals and a verdict',
    'pt-BR': 'compara dois sistemas ou versões célula a célula, com intervalos e veredito',
  },
  compareSide: {
    en: 'a run folder, RUN#system, or a table in the older form',
    'pt-BR': 'uma pasta de execução, EXECUÇÃO#sistema, ou uma tabela na forma antiga',
  },
  margin: {
    en: 'ratios closer to 1 than this are equivalent',
    'pt-BR': 'razões mais próximas de 1 que isto são equivalentes',
  },
  rates: { en: '{a} → {b} requests/s', 'pt-BR': '{a} → {b} requisições/s' },
  durations: { en: '{a} → {b}', 'pt-BR': '{a} → {b}' },
  metric: { en: 'what is compared', 'pt-BR': 'o que se compara' },
  overall: {
    en: 'overall {ratio} [{low}; {high}] over {n} {n?cell|cells}',
    'pt-BR': 'no total {ratio} [{low}; {high}] em {n} {n?célula|células}',
  },
  amongTimeouts: {
    en: 'p95 among the timeouts in {a} of {ofA} and {b} of {ofB} {ofB?round|rounds}: compared by rank',
    'pt-BR':
      'p95 entre os tempos esgotados em {a} de {ofA} e {b} de {ofB} {ofB?rodada|rodadas}: comparado por postos',
  },
  unanswered: {
    en: 'no request answered in {a} of {ofA} and {b} of {ofB} {ofB?round|rounds}: compared by rank',
    'pt-BR':
      'nenhuma requisição respondida em {a} de {ofA} e {b} de {ofB} {ofB?rodada|rodadas}: comparado por postos',
  },
  trialsMissing: {
    en: '{run}: {n} of its planned trials {n?is|are} not there (it goes on, or was interrupted); what is there was compared',
    'pt-BR':
      '{run}: {n?falta|faltam} {n} dos seus ensaios planejados (ela continua, ou foi interrompida); o que há foi comparado',
  },
  doubts: {
    en: '{run}: of {trials} {trials?trial|trials}, {suspect} {suspect?is|are} SUSPECT and {invalid} INVALID; its report says why',
    'pt-BR':
      '{run}: {trials?do|dos} {trials} {trials?ensaio|ensaios}, {suspect} {suspect?é|são} SUSPECT e {invalid} INVALID; o relatório diz por quê',
  },
  sideFailed: {
    en: '{run}: {failed} of {requests} {requests?request|requests} failed ({share}); throughput counts answers only',
    'pt-BR':
      '{run}: {failed} de {requests} {requests?requisição falhou|requisições falharam} ({share}); a vazão só conta respostas',
  },
  sameSides: {
    en: 'both sides are the same trials, which differ in nothing',
    'pt-BR': 'os dois lados são os mesmos ensaios, que em nada diferem',
  },
  cellsUnmatched: {
    en: '{n} {n?cell is|cells are} in one side only, and {n?was|were} not compared',
    'pt-BR': '{n} {n?célula está|células estão} só em um dos lados, e não {n?foi comparada|foram comparadas}',
  },
  onlyIn: { en: 'only in {side}: {cells}', 'pt-BR': 'só em {side}: {cells}' },
  failing: {
    en: 'too many requests failed in {a} and {b} {b?round|rounds}, which are left out',
    'pt-BR': 'requisições demais falharam em {a} e {b} {b?rodada|rodadas}, que ficam de fora',
  },
  rounds: { en: 'needs about {n} {n?round|rounds}', 'pt-BR': 'precisa de cerca de {n} {n?rodada|rodadas}' },
  roundsOne: { en: 'needs more than one round', 'pt-BR': 'precisa de mais de uma rodada' },
  roundsEnough: {
    en: 'at the margin: more rounds alone may not tell',
    'pt-BR': 'na margem: só mais rodadas podem não decidir',
  },
  beyond: { en: ' beyond the margin', 'pt-BR': ' além da margem' },
  differs: { en: 'not the same: {what}: {a} → {b}', 'pt-BR': 'não é igual: {what}: {a} → {b}' },
  notSaid: { en: 'not known', 'pt-BR': 'desconhecido' },
  export: {
    en: 'write rows as CSV or Parquet, results as JSON or Prometheus text',
    'pt-BR': 'escreve linhas como CSV ou Parquet, resultados como JSON ou texto do Prometheus',
  },
  format: { en: 'form of the export', 'pt-BR': 'forma da exportação' },
  out: { en: 'file to write', 'pt-BR': 'arquivo a escrever' },
  faster: { en: 'faster', 'pt-BR': 'mais rápido' },
  slower: { en: 'slower', 'pt-BR': 'mais lento' },
  equivalent: { en: 'equivalent', 'pt-BR': 'equivalente' },
  inconclusive: { en: 'inconclusive', 'pt-BR': 'inconclusivo' },
} as const satisfies Record<string, Sentence>;
