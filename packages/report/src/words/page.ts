import type { Sentence } from '@escala/model';

/** Headings and sentences of the report. */
export const pageWords = {
  title: { en: 'Scalability study: {name}', 'pt-BR': 'Estudo de escalabilidade: {name}' },
  subtitle: {
    en: '{cells} {cells?cell|cells} × {rounds}, {requests} {requests?request|requests}, target {target}, {date}',
    'pt-BR':
      '{cells} {cells?célula|células} × {rounds}, {requests} {requests?requisição|requisições}, alvo {target}, {date}',
  },
  subtitlePartly: {
    en: '{trials} of {planned} planned {planned?trial|trials}, {requests} {requests?request|requests}, target {target}, {date}',
    'pt-BR':
      '{trials} de {planned} {planned?ensaio planejado|ensaios planejados}, {requests} {requests?requisição|requisições}, alvo {target}, {date}',
  },
  rounds: { en: '{rounds} {rounds?round|rounds}', 'pt-BR': '{rounds} {rounds?rodada|rodadas}' },
  roundsOne: { en: '1 round', 'pt-BR': '1 rodada' },
  language: { en: 'Language', 'pt-BR': 'Idioma' },
  contents: { en: 'Contents', 'pt-BR': 'Conteúdo' },
  verdict: { en: 'Verdict', 'pt-BR': 'Veredito' },
  verdictAllValid: {
    en: 'No audit objects: the {trials} {trials?measured trial|measured trials} of {cells} {cells?cell|cells} {trials?is|are} VALID.',
    'pt-BR':
      'Nenhuma auditoria faz objeção: {trials?o ensaio medido|os {trials} ensaios medidos} de {cells} {cells?célula|células} {trials?é|são} VALID.',
  },
  verdictMixed: {
    en: 'Of {trials} measured {trials?trial|trials} of {cells} {cells?cell|cells}, {valid} {valid?is|are} VALID, {suspect} SUSPECT and {invalid} INVALID.',
    'pt-BR':
      'De {trials} {trials?ensaio medido|ensaios medidos} de {cells} {cells?célula|células}: {valid} VALID, {suspect} SUSPECT e {invalid} INVALID.',
  },
  best: {
    en: 'The largest throughput is {value} requests/s, in {cell} ({verdict}).',
    'pt-BR': 'A maior vazão é {value} requisições/s, em {cell} ({verdict}).',
  },
  bestFailing: {
    en: 'The largest throughput is {value} requests/s, in {cell} ({verdict}), where {share} of the requests failed.',
    'pt-BR':
      'A maior vazão é {value} requisições/s, em {cell} ({verdict}), onde {share} das requisições falharam.',
  },
  bestNone: {
    en: 'No cell is VALID or SUSPECT, so no throughput is named.',
    'pt-BR': 'Nenhuma célula é VALID ou SUSPECT, por isso nenhuma vazão é indicada.',
  },
  lawOf: {
    en: 'Over {subject} ({series}): {said}',
    'pt-BR': 'Em função de {subject} ({series}): {said}',
  },
  oneRound: {
    en: 'Each cell was measured in one round, so throughput and latency have no intervals: what differs between two cells cannot be told from noise.',
    'pt-BR':
      'Cada célula foi medida em uma rodada, portanto vazão e latência não têm intervalos: o que difere entre duas células não se distingue do ruído.',
  },
  fiveRounds: {
    en: 'Five rounds may tell:',
    'pt-BR': 'Cinco rodadas podem distinguir:',
  },
  missing: {
    en: 'These are missing: {cells}{more}.',
    'pt-BR': 'Faltam estes: {cells}{more}.',
  },
  doubts: { en: 'Trials that are not VALID, and why', 'pt-BR': 'Ensaios que não são VALID, e por quê' },
  reason: { en: 'reason', 'pt-BR': 'motivo' },
  cell: { en: 'cell', 'pt-BR': 'célula' },
  numbers: { en: 'Numbers', 'pt-BR': 'Números' },
  numbersCaption: {
    en: 'Median over rounds for each cell, with the 95 % interval of throughput; p50, p95, p99: latency; messages: per client; Jain: evenness of requests over replicas (1 is equal)',
    'pt-BR':
      'Mediana das rodadas de cada célula, com o intervalo de 95 % da vazão; p50, p95, p99: latência; mensagens: por cliente; Jain: uniformidade das requisições entre réplicas (1 é igual)',
  },
  audit: { en: 'Audit', 'pt-BR': 'Auditoria' },
  auditCaption: { en: 'Audits over all trials', 'pt-BR': 'Auditorias de todos os ensaios' },
  auditName: { en: 'audit', 'pt-BR': 'auditoria' },
  auditChecks: { en: 'what it checks', 'pt-BR': 'o que verifica' },
  pass: { en: 'pass', 'pt-BR': 'passou' },
  warn: { en: 'warn', 'pt-BR': 'alerta' },
  fail: { en: 'fail', 'pt-BR': 'falhou' },
  notAssessable: { en: 'not assessable', 'pt-BR': 'não avaliável' },
  info: { en: 'information', 'pt-BR': 'informação' },
  figures: { en: 'Figures', 'pt-BR': 'Figuras' },
  notDrawn: {
    en: 'Figures that this study has no numbers for',
    'pt-BR': 'Figuras para as quais este estudo não tem números',
  },
  figure: { en: 'Figure {number}. {title}', 'pt-BR': 'Figura {number}. {title}' },
  drawnNumbers: { en: 'The numbers of this figure', 'pt-BR': 'Os números desta figura' },
  method: { en: 'Method and definitions', 'pt-BR': 'Método e definições' },
  methodThroughput: {
    en: 'Throughput counts answered requests in the window in which all clients are active; of a burst (few messages per client), over the time from first send to last answer.',
    'pt-BR':
      'A vazão conta as requisições respondidas na janela em que todos os clientes estão ativos; em rajadas (poucas mensagens por cliente), no tempo do primeiro envio à última resposta.',
  },
  methodPercentile: {
    en: 'Percentiles are observed values (nearest rank) and are printed only where the number of requests allows a 95 % upper limit.',
    'pt-BR':
      'Os percentis são valores observados (posto mais próximo) e só aparecem onde o número de requisições permite um limite superior de 95 %.',
  },
  methodUnit: {
    en: 'The unit of replication is the deployment: intervals come from rounds, never from requests. Throughput: {throughput}; percentiles: {percentile}.',
    'pt-BR':
      'A unidade de replicação é a implantação: os intervalos vêm das rodadas, nunca das requisições. Vazão: {throughput}; percentis: {percentile}.',
  },
  methodPairs: {
    en: 'Two systems are compared by the ratio of their trials, round by round; false discoveries are held at q by Benjamini and Hochberg, and equal within the margin counts as equivalent.',
    'pt-BR':
      'Dois sistemas são comparados pela razão dos seus ensaios, rodada a rodada; as falsas descobertas são limitadas em q por Benjamini e Hochberg, e igual dentro da margem conta como equivalente.',
  },
  methodFit: {
    en: 'Laws are fitted on the logarithmic scale to the throughput of single trials; INVALID trials and, over replicas, cells limited by their clients or by the machine take no part. A law is claimed only where the 95 % profile limits leave no other: linear where a loss of more than 10 % at the largest N is excluded, USL where β is above 0, Amdahl where α is above 0, and else none: undecided. A law that misses the levels by more than their rounds vary is refused.',
    'pt-BR':
      'As leis são ajustadas na escala logarítmica à vazão de cada ensaio; ensaios INVALID e, sobre réplicas, células limitadas pelos clientes ou pela máquina não participam. Uma lei só é afirmada onde os limites de perfil de 95 % não deixam outra: linear onde se exclui uma perda de mais de 10 % no maior N, USL onde β é maior que 0, Amdahl onde α é maior que 0, e senão nenhuma: indeciso. A lei que erra os níveis por mais do que as rodadas variam é recusada.',
  },
  methodVerdict: {
    en: 'VALID: no audit objects. SUSPECT: an audit warns, read the reason before you use the number. INVALID: an audit failed, the trial takes part in no pooled number and no fit; where no other audit than that of failures failed, service levels are judged on it all the same, and percentiles where all that failed were timeouts, which rank behind every answer.',
    'pt-BR':
      'VALID: nenhuma auditoria faz objeção. SUSPECT: uma auditoria alerta; leia o motivo antes de usar o número. INVALID: uma auditoria falhou; o ensaio não participa de número agregado nem de ajuste; onde só a auditoria de falhas falhou, os níveis de serviço são julgados nele mesmo assim, e os percentis onde tudo o que falhou foi por tempo esgotado, que fica atrás de toda resposta.',
  },
  thresholds: { en: 'Thresholds of the method', 'pt-BR': 'Limiares do método' },
  excluded: {
    en: 'Trials that a fit or a pooled number leaves out',
    'pt-BR': 'Ensaios que um ajuste ou número agregado deixa de fora',
  },
  farRounds: {
    en: 'Rounds far from the median of their cell (flagged, not left out)',
    'pt-BR': 'Rodadas distantes da mediana da sua célula (sinalizadas, não excluídas)',
  },
  excludedFrom: { en: 'left out of', 'pt-BR': 'fora de' },
  laws: { en: 'laws', 'pt-BR': 'leis' },
  pooling: { en: 'pooled numbers', 'pt-BR': 'números agregados' },
  methodOpen: {
    en: 'Open loop: latency counts from the intended instant of sending, so a server that falls behind cannot hide it.',
    'pt-BR':
      'Laço aberto: a latência conta a partir do instante previsto de envio, de modo que um servidor que se atrasa não esconde o atraso.',
  },
  methodClosed: {
    en: 'Closed loop: latency holds for this number of concurrent callers, not for an arrival rate.',
    'pt-BR':
      'Laço fechado: a latência vale para este número de chamadores concorrentes, não para uma taxa de chegada.',
  },
  environment: { en: 'Environment', 'pt-BR': 'Ambiente' },
  serviceSimulated: {
    en: 'Each server simulates {time} of work a request ({kind}), {parallelism} at once; the rest queue. Scaling seen here is that of this simulated work, not of the program.',
    'pt-BR':
      'Cada servidor simula {time} de trabalho por requisição ({kind}), {parallelism} por vez; as outras esperam. A escala vista aqui é a desse trabalho simulado, não a do programa.',
  },
  serviceReal: {
    en: 'The servers simulate no work: what is measured is the program itself.',
    'pt-BR': 'Os servidores não simulam trabalho: o que se mede é o próprio programa.',
  },
  serviceUnknown: {
    en: 'What {systems} {count?does|do} for a request is not known here, such as whether {count?it simulates work or writes|they simulate work or write} to disk.',
    'pt-BR':
      'O que {systems} {count?faz|fazem} por uma requisição não se sabe aqui, como se {count?simula trabalho ou grava|simulam trabalho ou gravam} em disco.',
  },
  serviceWait: { en: 'it waits', 'pt-BR': 'espera' },
  serviceCpu: { en: 'it computes', 'pt-BR': 'calcula' },
  rowsSync: {
    en: 'A request is answered after its row is on disk.',
    'pt-BR': 'Uma requisição é respondida depois que a sua linha está em disco.',
  },
  rowsGather: {
    en: 'Rows gather for {delay} and go to disk in a batch.',
    'pt-BR': 'As linhas se acumulam por {delay} e vão ao disco em lote.',
  },
  rowsUndelayed: {
    en: 'Not so {systems}: each row is put on disk on its own, without that delay; a comparison shows this setting too.',
    'pt-BR':
      'Exceto {systems}: cada linha vai ao disco por si, sem essa espera; uma comparação mostra também essa configuração.',
  },
  rowsAsync: {
    en: 'A request is answered after its row is written; the system decides when it reaches the disk.',
    'pt-BR':
      'Uma requisição é respondida depois que a sua linha é escrita; o sistema decide quando ela chega ao disco.',
  },
  balancing: {
    en: 'Each connection goes to a replica chosen at random: connections are balanced, requests are not.',
    'pt-BR':
      'Cada conexão vai a uma réplica escolhida ao acaso: as conexões são equilibradas, as requisições não.',
  },
  busyMachine: {
    en: 'The processors of a machine were more than 80 % busy in {count} of {trials} {trials?trial|trials}: there servers, agents and whatever else ran competed for them.',
    'pt-BR':
      'Os processadores de uma máquina estavam mais de 80 % ocupados em {count} de {trials} {trials?ensaio|ensaios}: neles, servidores, agentes e tudo o mais que rodava competiram por eles.',
  },
  measuredSystem: { en: 'System {name}', 'pt-BR': 'Sistema {name}' },
  commit: { en: 'commit {commit}', 'pt-BR': 'commit {commit}' },
  commitDirty: {
    en: 'commit {commit} with uncommitted changes',
    'pt-BR': 'commit {commit} com alterações sem commit',
  },
  versionUnknown: { en: 'version not known', 'pt-BR': 'versão desconhecida' },
  cpuLimit: { en: 'Limit of processors', 'pt-BR': 'Limite de processadores' },
  memoryLimit: { en: 'Limit of memory', 'pt-BR': 'Limite de memória' },
  governor: { en: 'Frequency governor', 'pt-BR': 'Controle de frequência' },
  environmentCaption: {
    en: 'The machine and the programs; its name, users and paths are left out',
    'pt-BR': 'A máquina e os programas; o seu nome, usuários e caminhos ficam de fora',
  },
  nodes: { en: 'nodes', 'pt-BR': 'nós' },
  seeds: { en: 'Seeds and order', 'pt-BR': 'Sementes e ordem' },
  seedText: {
    en: 'Seed {seed}; {rounds} {rounds?round|rounds}, each in a fresh random order. Measured from {from} to {to} (UTC).',
    'pt-BR':
      'Semente {seed}; {rounds} {rounds?rodada|rodadas}, cada uma em nova ordem aleatória. Medido de {from} a {to} (UTC).',
  },
  seedTextOne: {
    en: 'Seed {seed}; one round in a random order. Measured from {from} to {to} (UTC).',
    'pt-BR': 'Semente {seed}; uma rodada em ordem aleatória. Medido de {from} a {to} (UTC).',
  },
  raw: { en: 'Raw files', 'pt-BR': 'Arquivos brutos' },
  rawText: {
    en: 'They lie beside this report, with every figure as SVG, PNG and CSV in figures/ and the tables as Markdown, LaTeX and CSV in tables/. This command computes every number here from them again:',
    'pt-BR':
      'Estão ao lado deste relatório, com cada figura em SVG, PNG e CSV em figures/ e as tabelas em Markdown, LaTeX e CSV em tables/. Este comando recalcula a partir deles todos os números deste relatório:',
  },
  selftest: {
    en: 'Self-test of the instrument on this machine: {verdict}. Of a server with planted stalls it measured p50, p95 and p99 of {measured}, where {truth} were true; its ceiling is {ceiling} requests/s.',
    'pt-BR':
      'Autoteste do instrumento nesta máquina: {verdict}. De um servidor com paradas plantadas, mediu p50, p95 e p99 de {measured}, quando os verdadeiros eram {truth}; o seu teto é {ceiling} requisições/s.',
  },
  noSelftest: {
    en: 'The instrument was not tested on this machine before the study; escala selftest does it in half a minute, and the next study carries its result.',
    'pt-BR':
      'O instrumento não foi testado nesta máquina antes do estudo; escala selftest o faz em meio minuto, e o próximo estudo leva o resultado.',
  },
  trustworthy: { en: 'trustworthy', 'pt-BR': 'confiável' },
  doubtful: { en: 'doubtful', 'pt-BR': 'duvidoso' },
  property: { en: 'property', 'pt-BR': 'propriedade' },
  value: { en: 'value', 'pt-BR': 'valor' },
  cpu: { en: 'processor', 'pt-BR': 'processador' },
  cores: { en: 'cores', 'pt-BR': 'núcleos' },
  memory: { en: 'memory', 'pt-BR': 'memória' },
  system: { en: 'operating system', 'pt-BR': 'sistema operacional' },
  target: { en: 'target', 'pt-BR': 'alvo' },
} as const satisfies Record<string, Sentence>;
