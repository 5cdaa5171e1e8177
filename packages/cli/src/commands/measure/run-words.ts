import type { Sentence } from '@escala/model';

/** What `escala run` says before anything runs: its help and its plan. */
export const runWords = {
  run: {
    en: 'run a study, from the experiment file to the report',
    'pt-BR': 'executa um estudo, do arquivo de experimento ao relatório',
  },
  file: { en: 'the experiment file', 'pt-BR': 'o arquivo de experimento' },
  target: { en: 'where the servers run', 'pt-BR': 'onde os servidores executam' },
  context: {
    en: 'kubernetes: context in the configuration that KUBECONFIG names; else the current one',
    'pt-BR': 'kubernetes: contexto na configuração que KUBECONFIG indica; senão, o atual',
  },
  namespace: {
    en: 'kubernetes: use this namespace, made beforehand, instead of making one',
    'pt-BR': 'kubernetes: usa este namespace, criado antes, em vez de criar um',
  },
  rounds: {
    en: "how often every cell is measured, in place of the file's",
    'pt-BR': 'quantas vezes cada célula é medida, no lugar do valor do arquivo',
  },
  seed: {
    en: "seed of all that is random, in place of the file's",
    'pt-BR': 'semente de tudo o que é aleatório, no lugar da do arquivo',
  },
  out: { en: 'the run folder', 'pt-BR': 'a pasta da execução' },
  outDefault: { en: 'runs/<UTC time>-<name>', 'pt-BR': 'runs/<hora UTC>-<nome>' },
  dryRun: {
    en: 'print the plan with its time and disk, run nothing',
    'pt-BR': 'mostra o plano com o tempo e o espaço em disco, sem executar nada',
  },
  quick: {
    en: 'experiments/quick.yaml: a small matrix, under a minute',
    'pt-BR': 'experiments/quick.yaml: uma matriz pequena, em menos de um minuto',
  },
  json: {
    en: 'events as lines of JSON on stdout, nothing else (docs/reference/events.md)',
    'pt-BR': 'eventos como linhas de JSON em stdout, nada mais (docs/reference/events.md)',
  },
  resume: {
    en: 'go on with the run in this folder; of a finished one, analysis and report again',
    'pt-BR': 'continua a execução desta pasta; se já terminou, refaz análise e relatório',
  },
  strict: {
    en: 'exit with 5 when a cell is SUSPECT or INVALID',
    'pt-BR': 'sai com 5 quando uma célula é SUSPECT ou INVALID',
  },
  examples: {
    en: `Examples:
  escala run --quick                           on local processes, under a minute
  escala run mine.yaml --rounds 5              five rounds give intervals
  escala run mine.yaml --dry-run               the order of the cells, and how long
  escala run mine.yaml --target kubernetes --context lab --namespace study
  escala run --resume runs/<id>                after an interruption or a crash
  escala run --quick --json | jq -r .type      what happens, for a program`,
    'pt-BR': `Exemplos:
  escala run --quick                           em processos locais, em menos de um minuto
  escala run meu.yaml --rounds 5               cinco rodadas dão intervalos
  escala run meu.yaml --dry-run                a ordem das células, e quanto demora
  escala run meu.yaml --target kubernetes --context lab --namespace estudo
  escala run --resume runs/<id>                depois de uma interrupção ou queda
  escala run --quick --json | jq -r .type      o que acontece, para um programa`,
  },
  planHeader: {
    en: '{name}: {cells} {cells?cell|cells} × {rounds} {rounds?round|rounds}, {requests} {requests?request|requests}; {time} and {disk} on disk. Seed {seed}.',
    'pt-BR':
      '{name}: {cells} {cells?célula|células} × {rounds} {rounds?rodada|rodadas}, {requests} {requests?requisição|requisições}; {time} e {disk} em disco. Semente {seed}.',
  },
  timeAbout: { en: 'about {time}', 'pt-BR': 'cerca de {time}' },
  timeAtLeast: {
    en: 'at least {time} (how long {systems} takes for a request is not known; the time left is learned as it runs)',
    'pt-BR':
      'ao menos {time} (não se sabe quanto {systems} leva por requisição; o tempo restante é aprendido durante a execução)',
  },
  planBlock: {
    en: 'round {round}: {system}, {replicas} {replicas?replica|replicas}: {cells}',
    'pt-BR': 'rodada {round}: {system}, {replicas} {replicas?réplica|réplicas}: {cells}',
  },
} as const satisfies Record<string, Sentence>;
