import type { Sentence } from '@escala/model';

/** What `escala init` says and writes. `{schema}` is the way to the JSON Schema, as seen from the file. */
export const initWords = {
  init: { en: 'write a commented experiment file', 'pt-BR': 'escreve um arquivo de experimento comentado' },
  file: { en: 'where to; a file that is there stays', 'pt-BR': 'onde; um arquivo existente não é tocado' },
  examples: {
    en: `Examples:
  escala init                       experiment.yaml, ready to run
  escala init experiments/mine.yaml
  escala init --lang pt-BR          with Portuguese comments`,
    'pt-BR': `Exemplos:
  escala init                       experiment.yaml, pronto para executar
  escala init experiments/meu.yaml
  escala init --lang en             com comentários em inglês`,
  },
  done: {
    en: '{file} is written. See what it would take: npm start -- run {file} --dry-run',
    'pt-BR': '{file} foi escrito. Veja quanto tempo levaria: npm start -- run {file} --dry-run',
  },
  experiment: {
    en: `# yaml-language-server: $schema={schema}
# An Escala experiment. It runs as it is; the plan and its time: escala run FILE --dry-run
name: mine                   # of the run folder: lower-case letters, digits, "-"
systems: [node]              # node is ours, python and go are the references
# systems:                   # or one of your own beside it:
#   - node
#   - name: other
#     command: [./my-server] # started with PORT set; for Kubernetes, image: name:tag
#     ledger: none           # any HTTP service; the audit says what it then cannot prove
replicas: [1, 2, 4]          # servers
clients: [10, 50]            # concurrent, over all load agents
messages: [1, 100]           # that each client sends; the next when the one before is answered
# An open loop instead: requests/s, whatever the answers do; then clients and messages take one level each.
# rate: [100, 200, 400]
# arrivals: poisson
# duration: 10s
service: { time: 1ms, parallelism: 1, kind: wait } # simulated work, so that scaling shows on a laptop
commitDelay: 2ms             # how long rows gather before they are flushed to disk
rounds: 5                    # every cell once a round, in a new random order; five give intervals
seed: 1                      # of all that is random
slo:                         # what the service must keep; the report says at which load it does
  - { p95: 50ms, failures: 1% }
`,
    'pt-BR': `# yaml-language-server: $schema={schema}
# Um experimento do Escala. Executa como está; o plano e o tempo: escala run ARQUIVO --dry-run
name: meu                    # na pasta da execução: letras minúsculas, dígitos, "-"
systems: [node]              # node é o nosso; python e go são as referências
# systems:                   # ou um seu, ao lado:
#   - node
#   - name: outro
#     command: [./meu-servidor] # iniciado com PORT definida; no Kubernetes, image: nome:tag
#     ledger: none           # qualquer serviço HTTP; a auditoria diz o que então não pode provar
replicas: [1, 2, 4]          # servidores
clients: [10, 50]            # simultâneos, somando todos os agentes de carga
messages: [1, 100]           # que cada cliente envia; a próxima, quando a anterior é respondida
# Em vez disso, laço aberto: requisições/s, seja qual for a resposta; clients e messages têm um só nível.
# rate: [100, 200, 400]
# arrivals: poisson
# duration: 10s
service: { time: 1ms, parallelism: 1, kind: wait } # trabalho simulado, para que a escala apareça num laptop
commitDelay: 2ms             # por quanto tempo as linhas se acumulam antes de ir para o disco
rounds: 5                    # cada célula uma vez por rodada, em nova ordem aleatória; cinco dão intervalos
seed: 1                      # de tudo o que é aleatório
slo:                         # o que o serviço deve cumprir; o relatório diz até que carga ele cumpre
  - { p95: 50ms, failures: 1% }
`,
  },
} as const satisfies Record<string, Sentence>;
