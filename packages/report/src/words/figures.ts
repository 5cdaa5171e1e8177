import type { Sentence } from '@escala/model';

/** Titles, captions and readings of the figures. */
export const figureWords = {
  throughputReplicas: { en: 'Throughput against replicas', 'pt-BR': 'Vazão em função das réplicas' },
  throughputReplicasCaption: {
    en: 'One dot a run (filled: in the fit, at the clients that saturate; hollow: left out, at {clients} clients), diamonds: median at {clients} clients with interval, dashed: ideal growth from the fewest replicas{band}. {sample}',
    'pt-BR':
      'Um ponto por execução (cheio: no ajuste, com os clientes que saturam; vazado: fora dele, com {clients} clientes), losangos: mediana com {clients} clientes e intervalo, tracejado: crescimento ideal a partir do menor número de réplicas{band}. {sample}',
  },
  band: {
    en: '; line and band: fitted law with its 95 % confidence band',
    'pt-BR': '; linha e faixa: lei ajustada com a faixa de confiança de 95 %',
  },
  throughputReplicasReading: {
    en: 'With {messages} messages per client, going from {first} to {last} replicas changes throughput from {from} to {to} requests/s.',
    'pt-BR':
      'Com {messages} mensagens por cliente, passar de {first} para {last} réplicas muda a vazão de {from} para {to} requisições/s.',
  },
  clientCurves: {
    en: 'Throughput and p95 latency against clients',
    'pt-BR': 'Vazão e latência p95 em função dos clientes',
  },
  clientCurvesCaption: {
    en: 'Median over rounds with interval, {messages} messages per client, one column a number of replicas. Dotted: bounds by the clients and by the replicas; red dashes: the service level. {sample}',
    'pt-BR':
      'Mediana das rodadas com intervalo, {messages} mensagens por cliente, uma coluna por número de réplicas. Pontilhado: limites pelos clientes e pelas réplicas; traços vermelhos: nível de serviço. {sample}',
  },
  clientCurvesReading: {
    en: 'With {replicas} replicas the largest throughput is {value} requests/s, at {clients} clients.',
    'pt-BR': 'Com {replicas} réplicas, a maior vazão é {value} requisições/s, com {clients} clientes.',
  },
  latencyClients: { en: 'p95 latency against clients', 'pt-BR': 'Latência p95 em função dos clientes' },
  latencyClientsCaption: {
    en: 'Median over rounds of the p95 of each run, one line a number of replicas; a point is missing where a run has fewer than 72 requests. {sample}',
    'pt-BR':
      'Mediana das rodadas do p95 de cada execução, uma linha por número de réplicas; falta o ponto onde a execução tem menos de 72 requisições. {sample}',
  },
  latencyClientsReading: {
    en: 'At {clients} clients and {messages} messages the p95 is {from} ms with {first} replicas and {to} ms with {last}.',
    'pt-BR':
      'Com {clients} clientes e {messages} mensagens, o p95 é {from} ms com {first} réplicas e {to} ms com {last}.',
  },
  throughputMatrix: { en: 'Throughput by replicas and clients', 'pt-BR': 'Vazão por réplicas e clientes' },
  latencyMatrix: {
    en: 'p95 latency by replicas and clients',
    'pt-BR': 'Latência p95 por réplicas e clientes',
  },
  matrixCaption: {
    en: 'Median over rounds in {unit}, one panel a number of messages; ? SUSPECT, ✕ INVALID, – not estimable. {sample}',
    'pt-BR':
      'Mediana das rodadas em {unit}, um painel por número de mensagens; ? SUSPECT, ✕ INVALID, – não estimável. {sample}',
  },
  matrixReading: {
    en: 'Among the VALID cells shown, the values range from {low} to {high} {unit}.',
    'pt-BR': 'Entre as células VALID mostradas, os valores vão de {low} a {high} {unit}.',
  },
  sampleOne: {
    en: 'n = 1 round: there are no intervals.',
    'pt-BR': 'n = 1 rodada: não há intervalos.',
  },
  sampleMany: {
    en: 'n = {rounds} rounds; intervals: 95 %, {method}.',
    'pt-BR': 'n = {rounds} rodadas; intervalos: 95 %, {method}.',
  },
  panelMessages: { en: '{messages} messages per client', 'pt-BR': '{messages} mensagens por cliente' },
  panelMessagesOne: { en: '1 message per client', 'pt-BR': '1 mensagem por cliente' },
  panelReplicas: { en: '{replicas} replicas', 'pt-BR': '{replicas} réplicas' },
  panelReplicasOne: { en: '1 replica', 'pt-BR': '1 réplica' },
  legendRun: { en: 'run in the fit', 'pt-BR': 'execução no ajuste' },
  legendLeftOut: { en: 'run left out', 'pt-BR': 'execução fora dele' },
  legendMedian: { en: 'median, 95 % CI', 'pt-BR': 'mediana, IC 95 %' },
  legendMedianOnly: { en: 'measured', 'pt-BR': 'medida' },
  legendIdeal: { en: 'ideal', 'pt-BR': 'ideal' },
  legendLaw: { en: 'fitted law, 95 % band', 'pt-BR': 'lei ajustada, faixa de 95 %' },
  nothing: {
    en: 'No cell of this study has the numbers for it.',
    'pt-BR': 'Nenhuma célula deste estudo tem os números para ela.',
  },
} as const satisfies Record<string, Sentence>;
