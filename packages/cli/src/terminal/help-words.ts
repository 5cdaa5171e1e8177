import type { Sentence } from '@escala/model';

/** What `--help` says around the options, in both languages. */
export const helpWords = {
  program: {
    en: 'Measures how a client-server system scales, and proves its own numbers.',
    'pt-BR': 'Mede como um sistema cliente-servidor escala e prova os próprios números.',
  },
  programUsage: { en: '<command> [options]', 'pt-BR': '<comando> [opções]' },
  below: {
    en: `Examples:
  escala run --quick               a small study on this machine, under a minute
  escala run my.yaml --dry-run     its plan, its time and its disk, nothing else
  escala run --resume runs/<id>    go on with a study that was interrupted
  escala watch runs/<id>           look at it in the browser while it runs
  escala fit data.csv              scalability laws on two columns of your own

In a checkout escala is bin/escala, or: npm start -- <command> [options]

Environment:
  LC_ALL, LC_MESSAGES, LANG   the language, where --lang is not given
  NO_COLOR, FORCE_COLOR       without colours; with colours in a pipe too
  TERM=dumb, CI               progress as plain lines
  KUBECONFIG                  the cluster's configuration, as kubectl reads it

Exit codes:`,
    'pt-BR': `Exemplos:
  escala run --quick               um estudo pequeno, em menos de um minuto
  escala run meu.yaml --dry-run    só o plano, o tempo e o espaço em disco
  escala run --resume runs/<id>    continua um estudo interrompido
  escala watch runs/<id>           acompanha o estudo no navegador
  escala fit dados.csv             leis de escala sobre duas colunas suas

Num checkout, escala é bin/escala, ou: npm start -- <comando> [opções]

Ambiente:
  LC_ALL, LC_MESSAGES, LANG   o idioma, quando --lang não é dado
  NO_COLOR, FORCE_COLOR       sem cores; com cores mesmo num pipe
  TERM=dumb, CI               progresso em linhas simples
  KUBECONFIG                  a configuração do cluster, como o kubectl a lê

Códigos de saída:`,
  },
  measuring: { en: 'Measure:', 'pt-BR': 'Medir:' },
  judging: { en: 'Judge and show:', 'pt-BR': 'Julgar e mostrar:' },
  preparing: { en: 'Prepare and tidy up:', 'pt-BR': 'Preparar e arrumar:' },
  usage: { en: 'Usage:', 'pt-BR': 'Uso:' },
  arguments: { en: 'Arguments:', 'pt-BR': 'Argumentos:' },
  options: { en: 'Options:', 'pt-BR': 'Opções:' },
  fallback: { en: 'default: {value}', 'pt-BR': 'padrão: {value}' },
  help: { en: 'show this help', 'pt-BR': 'mostra esta ajuda' },
  runsAreFolders: {
    en: '; the runs are the folders in runs/',
    'pt-BR': '; as execuções são as pastas em runs/',
  },
  version: { en: 'show the version', 'pt-BR': 'mostra a versão' },
  helpCommand: { en: 'show the help of a command', 'pt-BR': 'mostra a ajuda de um comando' },
  lang: {
    en: 'language of every word; else the locale decides',
    'pt-BR': 'idioma de cada palavra; senão, o do sistema',
  },
  onlyOptions: { en: 'options only', 'pt-BR': 'só opções' },
  argumentCount: {
    en: '{count} {count?argument|arguments}',
    'pt-BR': '{count} {count?argumento|argumentos}',
  },
} as const satisfies Record<string, Sentence>;

/** Names of what a person puts in place of `<…>` or `[…]`, by their English, which the code uses. */
export const placeholders: Readonly<Record<string, Sentence>> = {
  a: { en: 'a', 'pt-BR': 'a' },
  b: { en: 'b', 'pt-BR': 'b' },
  column: { en: 'column', 'pt-BR': 'coluna' },
  command: { en: 'command', 'pt-BR': 'comando' },
  'data.csv': { en: 'data.csv', 'pt-BR': 'dados.csv' },
  experiment: { en: 'experiment', 'pt-BR': 'experimento' },
  file: { en: 'file', 'pt-BR': 'arquivo' },
  folder: { en: 'folder', 'pt-BR': 'pasta' },
  format: { en: 'format', 'pt-BR': 'formato' },
  language: { en: 'language', 'pt-BR': 'idioma' },
  metric: { en: 'metric', 'pt-BR': 'métrica' },
  name: { en: 'name', 'pt-BR': 'nome' },
  number: { en: 'number', 'pt-BR': 'número' },
  options: { en: 'options', 'pt-BR': 'opções' },
  run: { en: 'run', 'pt-BR': 'execução' },
  'run-or-csv': { en: 'run-or-csv', 'pt-BR': 'execução-ou-csv' },
  scale: { en: 'scale', 'pt-BR': 'escala' },
  share: { en: 'share', 'pt-BR': 'fração' },
  shell: { en: 'shell', 'pt-BR': 'shell' },
  target: { en: 'target', 'pt-BR': 'alvo' },
  width: { en: 'width', 'pt-BR': 'largura' },
};
