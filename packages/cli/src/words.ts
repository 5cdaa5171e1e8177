import type { Sentence } from '@escala/model';

/** What the command line says, in both languages. */
export const words = {
  program: {
    en: 'Measures how a client-server system scales, and proves its own numbers.',
    'pt-BR': 'Mede como um sistema cliente-servidor escala, e prova os próprios números.',
  },
  programUsage: { en: '<command> [options]', 'pt-BR': '<comando> [opções]' },
  programExamples: {
    en: `Examples:
  escala run --quick                     a small study on this machine, under a minute
  escala run experiments/founding.yaml   the founding study: 150 cells
  escala run --dry-run                   the plan and a time estimate, nothing else
  escala run --resume runs/<id>          continues a study that was interrupted`,
    'pt-BR': `Exemplos:
  escala run --quick                     um estudo pequeno nesta máquina, em menos de um minuto
  escala run experiments/founding.yaml   o estudo fundador: 150 células
  escala run --dry-run                   o plano e uma estimativa de tempo, nada mais
  escala run --resume runs/<id>          continua um estudo interrompido`,
  },
  lang: { en: 'language of every word', 'pt-BR': 'idioma de cada palavra' },
  tryHelp: {
    en: '(add --help to see what is possible)',
    'pt-BR': '(acrescente --help para ver o que é possível)',
  },
  server: { en: 'the server on its own', 'pt-BR': 'o servidor, sozinho' },
  client: { en: 'the client on its own', 'pt-BR': 'o cliente, sozinho' },
  run: { en: 'runs a study', 'pt-BR': 'executa um estudo' },
  runFile: {
    en: 'the experiment (experiments/founding.yaml)',
    'pt-BR': 'o experimento (experiments/founding.yaml)',
  },
  target: { en: 'where the servers run', 'pt-BR': 'onde os servidores executam' },
  context: { en: 'context of kubectl, for kubernetes', 'pt-BR': 'contexto do kubectl, para kubernetes' },
  namespace: {
    en: 'use this namespace, made beforehand, for kubernetes',
    'pt-BR': 'usa este namespace, criado antes, para kubernetes',
  },
  rounds: { en: "rounds, in place of the file's", 'pt-BR': 'rodadas, no lugar das do arquivo' },
  seed: { en: "seed, in place of the file's", 'pt-BR': 'semente, no lugar da do arquivo' },
  out: { en: 'the run folder (runs/<time>-<name>)', 'pt-BR': 'a pasta da execução (runs/<hora>-<nome>)' },
  dryRun: {
    en: 'print the plan and a time estimate, run nothing',
    'pt-BR': 'mostra o plano e uma estimativa de tempo, sem executar',
  },
  quick: {
    en: 'experiments/quick.yaml: under a minute',
    'pt-BR': 'experiments/quick.yaml: menos de um minuto',
  },
  jsonEvents: { en: 'events as lines of JSON on stdout', 'pt-BR': 'eventos como linhas de JSON em stdout' },
  resume: { en: 'continue the run in this folder', 'pt-BR': 'continua a execução nesta pasta' },
  strict: {
    en: 'exit with 5 when a cell is SUSPECT or INVALID',
    'pt-BR': 'sai com 5 quando uma célula é SUSPECT ou INVALID',
  },
  planHeader: {
    en: '{name}: {cells} cells × {rounds} rounds, {requests} requests; about {time} and {disk} on disk. Seed {seed}.',
    'pt-BR':
      '{name}: {cells} células × {rounds} rodadas, {requests} requisições; cerca de {time} e {disk} em disco. Semente {seed}.',
  },
  planBlock: {
    en: 'round {round}: {system}, {replicas} replicas: {cells}',
    'pt-BR': 'rodada {round}: {system}, {replicas} réplicas: {cells}',
  },
  progress: {
    en: 'cell {done} of {total} · {elapsed} elapsed · {eta} left · {throughput} requests/s · {problems}',
    'pt-BR':
      'célula {done} de {total} · {elapsed} decorridos · faltam {eta} · {throughput} requisições/s · {problems}',
  },
  problems: { en: '{count} {count?problem|problems}', 'pt-BR': '{count} {count?problema|problemas}' },
  noProblems: { en: 'no problems', 'pt-BR': 'sem problemas' },
  judged: {
    en: '{cell}, round {round}: {verdict}: {reasons}',
    'pt-BR': '{cell}, rodada {round}: {verdict}: {reasons}',
  },
  dropped: {
    en: '{cell}, round {round}: dropped: {reason}',
    'pt-BR': '{cell}, rodada {round}: descartada: {reason}',
  },
  tableHeader: {
    en: 'system replicas clients×messages throughput/s p50 p95 verdict',
    'pt-BR': 'sistema réplicas clientes×mensagens vazão/s p50 p95 veredito',
  },
  found: {
    en: '{cells} cells in {rounds} rounds, {requests} requests: {valid} VALID, {suspect} SUSPECT, {invalid} INVALID. The ledger {closes}. The most throughput was {throughput} requests/s ({best}).',
    'pt-BR':
      '{cells} células em {rounds} rodadas, {requests} requisições: {valid} VALID, {suspect} SUSPECT, {invalid} INVALID. O registro {closes}. A maior vazão foi {throughput} requisições/s ({best}).',
  },
  closes: { en: 'closes in every cell', 'pt-BR': 'fecha em todas as células' },
  doesNotClose: { en: 'does not close', 'pt-BR': 'não fecha' },
  oneRound: {
    en: 'With one round there are no intervals; five give some: {command}',
    'pt-BR': 'Com uma rodada não há intervalos; cinco os dão: {command}',
  },
  where: {
    en: 'Everything is in {folder}: report.html, figures/, tables/, results.json, requests.csv.',
    'pt-BR': 'Tudo está em {folder}: report.html, figures/, tables/, results.json, requests.csv.',
  },
  schema: {
    en: 'the JSON Schema of the experiment file',
    'pt-BR': 'o JSON Schema do arquivo de experimento',
  },
  completion: {
    en: 'completion for a shell: eval "$(escala completion bash)"',
    'pt-BR': 'autocompletar para um shell: eval "$(escala completion bash)"',
  },
  init: { en: 'writes a commented experiment file', 'pt-BR': 'escreve um arquivo de experimento comentado' },
  initFile: { en: 'where to', 'pt-BR': 'onde' },
  initDone: {
    en: '{file} is written. See what it would take: npm start -- run {file} --dry-run',
    'pt-BR': '{file} foi escrito. Veja quanto custaria: npm start -- run {file} --dry-run',
  },
  initExperiment: {
    en: `# yaml-language-server: $schema=docs/reference/experiment.schema.json
name: mine
systems: [node]              # node is ours, python and go the references; or your own:
#  - name: other
#    command: [./my-server]  # started with PORT set; image: for Kubernetes
#    ledger: none            # any HTTP service; the audit says what it then cannot prove
replicas: [1, 2, 4]          # servers
clients: [10, 50]            # concurrent, over all agents
messages: [1, 100]           # that each client sends
# rate: [500]                # an open loop instead: requests/s, whatever the answers do
# arrivals: poisson
# duration: 10s
service: { time: 1ms, parallelism: 1, kind: wait }   # simulated work, so that scaling shows on a laptop
commitDelay: 2ms             # how long rows gather before they are flushed to disk
rounds: 5                    # every cell once a round, in a new random order; five give intervals
seed: 1
slo:
  - { p95: 50ms, failures: 1% }
`,
    'pt-BR': `# yaml-language-server: $schema=docs/reference/experiment.schema.json
name: meu
systems: [node]              # node é o nosso, python e go as referências; ou o seu:
#  - name: outro
#    command: [./meu-servidor]  # iniciado com PORT definida; image: para o Kubernetes
#    ledger: none            # qualquer serviço HTTP; a auditoria diz o que então não pode provar
replicas: [1, 2, 4]          # servidores
clients: [10, 50]            # simultâneos, somando todos os agentes
messages: [1, 100]           # que cada cliente envia
# rate: [500]                # em vez disso, um laço aberto: requisições/s, seja qual for a resposta
# arrivals: poisson
# duration: 10s
service: { time: 1ms, parallelism: 1, kind: wait }   # trabalho simulado, para que a escala apareça em um laptop
commitDelay: 2ms             # quanto as linhas se acumulam antes de ir para o disco
rounds: 5                    # cada célula uma vez por rodada, em nova ordem aleatória; cinco dão intervalos
seed: 1
slo:
  - { p95: 50ms, failures: 1% }
`,
  },
} as const satisfies Record<string, Sentence>;
