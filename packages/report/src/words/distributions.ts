import type { Sentence } from '@escala/model';

/** Words of the figures of latency, time and balance. */
export const distributionWords = {
  spectrum: { en: 'Latency spectrum', 'pt-BR': 'Espectro da latência' },
  spectrumCaption: {
    en: 'At {clients} clients and {messages} messages per client; thick: all runs pooled, thin: each run. Cut where fewer than ten requests lie beyond. n = {rounds} rounds; no intervals: requests of one run are not independent.',
    'pt-BR':
      'Com {clients} clientes e {messages} mensagens por cliente; grosso: todas as execuções juntas, fino: cada execução. Cortado onde há menos de dez requisições além. n = {rounds} rodadas; sem intervalos: as requisições de uma execução não são independentes.',
  },
  spectrumReading: {
    en: 'With {replicas} replicas half of the requests take at most {median} ms, and the largest percentile that can be told is {tail} ms.',
    'pt-BR':
      'Com {replicas} réplicas, metade das requisições leva no máximo {median} ms, e o maior percentil que se pode dizer é {tail} ms.',
  },
  tail: {
    en: 'Share of requests slower than a latency',
    'pt-BR': 'Fração de requisições mais lentas que uma latência',
  },
  tailCaption: {
    en: 'Complementary distribution of latency, both axes logarithmic, at {clients} clients and {messages} messages per client. n = {rounds} rounds pooled; no intervals.',
    'pt-BR':
      'Distribuição complementar da latência, ambos os eixos logarítmicos, com {clients} clientes e {messages} mensagens por cliente. n = {rounds} rodadas juntas; sem intervalos.',
  },
  tailReading: {
    en: 'A steep end means no stragglers: with {replicas} replicas one request in {share} takes {us} ms or more.',
    'pt-BR':
      'Um fim íngreme significa ausência de retardatárias: com {replicas} réplicas, uma requisição em {share} leva {us} ms ou mais.',
  },
  time: { en: 'Throughput and latency over time', 'pt-BR': 'Vazão e latência ao longo do tempo' },
  timeCaption: {
    en: 'Slices of round {round} at {clients} clients and {messages} messages per client, one column a number of replicas; grey: all clients are active. Circles: median, triangles: p95. n = 1 run a column; no intervals.',
    'pt-BR':
      'Fatias da rodada {round} com {clients} clientes e {messages} mensagens por cliente, uma coluna por número de réplicas; cinza: todos os clientes ativos. Círculos: mediana, triângulos: p95. n = 1 execução por coluna; sem intervalos.',
  },
  timeReading: {
    en: 'The run with {replicas} replicas lasted {seconds} s; level lines mean that it was in a steady state.',
    'pt-BR':
      'A execução com {replicas} réplicas durou {seconds} s; linhas planas significam que estava em regime permanente.',
  },
  answered: { en: 'answered', 'pt-BR': 'respondidas' },
  answeredAxis: { en: 'answered (requests/slice)', 'pt-BR': 'respondidas (requisições/fatia)' },
  time_s: { en: 'time', 'pt-BR': 'tempo' },
  balance: { en: 'Requests per replica', 'pt-BR': 'Requisições por réplica' },
  balanceCaption: {
    en: 'One dot a replica and round at {clients} clients and {messages} messages per client; line: equal share; J: Jain index of the cell (1 is equal). Connections are balanced, requests are not. n = {rounds} rounds.',
    'pt-BR':
      'Um ponto por réplica e rodada com {clients} clientes e {messages} mensagens por cliente; linha: partes iguais; J: índice de Jain da célula (1 é igual). Conexões são balanceadas, requisições não. n = {rounds} rodadas.',
  },
  balanceReading: {
    en: 'With {replicas} replicas the busiest took {most} requests and the idlest {least}; equal shares would be {mean}.',
    'pt-BR':
      'Com {replicas} réplicas, a mais ocupada recebeu {most} requisições e a menos ocupada {least}; partes iguais seriam {mean}.',
  },
  share: { en: 'share at or below', 'pt-BR': 'fração até' },
  latency: { en: 'latency', 'pt-BR': 'latência' },
} as const satisfies Record<string, Sentence>;
