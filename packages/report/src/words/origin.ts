import type { Sentence } from '@escala/model';

/** Words of the figures and the table of files in the older form. */
export const originWords = {
  responseClients: { en: 'Response time over clients', 'pt-BR': 'Tempo de resposta por clientes' },
  responseReplicas: { en: 'Response time over replicas', 'pt-BR': 'Tempo de resposta por réplicas' },
  responseMessages: { en: 'Response time over messages', 'pt-BR': 'Tempo de resposta por mensagens' },
  throughputClients: { en: 'Throughput over clients', 'pt-BR': 'Vazão por clientes' },
  throughputReplicas: { en: 'Throughput over replicas', 'pt-BR': 'Vazão por réplicas' },
  throughputMessages: { en: 'Throughput over messages', 'pt-BR': 'Vazão por mensagens' },
  responseCaption: {
    en: 'Median response time of the rows of each scenario, a line a number of {lines}, a panel a number of {panels}.{choice} One deployment a scenario: there are no intervals.',
    'pt-BR':
      'Mediana do tempo de resposta das linhas de cada cenário, uma curva por número de {lines}, um painel por número de {panels}.{choice} Uma implantação por cenário: não há intervalos.',
  },
  throughputCaption: {
    en: 'Messages over the time from the first sending to the last answer of each repetition, a line a number of {lines}, a panel a number of {panels}.{choice} One deployment a scenario: there are no intervals.',
    'pt-BR':
      'Mensagens pelo tempo do primeiro envio à última resposta de cada repetição, uma curva por número de {lines}, um painel por número de {panels}.{choice} Uma implantação por cenário: não há intervalos.',
  },
  choice: {
    en: ' Some levels are left out, so that the others can be told apart; the statistics have all.',
    'pt-BR': ' Alguns níveis ficam de fora, para que os outros se distingam; as estatísticas têm todos.',
  },
  replicas: { en: '{level} {level?replica|replicas}', 'pt-BR': '{level} {level?réplica|réplicas}' },
  clients: { en: '{level} {level?client|clients}', 'pt-BR': '{level} {level?cliente|clientes}' },
  messages: { en: '{level} {level?message|messages}', 'pt-BR': '{level} {level?mensagem|mensagens}' },
  responseAxis: { en: 'median response time (ms)', 'pt-BR': 'tempo de resposta mediano (ms)' },
  rows: { en: 'rows', 'pt-BR': 'linhas' },
  measured: { en: 'with a time', 'pt-BR': 'com tempo' },
  repetitions: { en: 'repetitions', 'pt-BR': 'repetições' },
  min: { en: 'minimum', 'pt-BR': 'mínimo' },
  max: { en: 'maximum', 'pt-BR': 'máximo' },
  mean: { en: 'mean', 'pt-BR': 'média' },
  median: { en: 'median', 'pt-BR': 'mediana' },
  standardDeviation: { en: 'standard deviation', 'pt-BR': 'desvio padrão' },
  p90: { en: 'p90', 'pt-BR': 'p90' },
  p999: { en: 'p99.9', 'pt-BR': 'p99,9' },
} as const satisfies Record<string, Sentence>;
