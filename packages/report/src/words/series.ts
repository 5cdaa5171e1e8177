import type { Sentence } from '@escala/model';

/** What a series is called: the levels of its factors. */
export const seriesWords = {
  clients: { en: '{load} {load?client|clients}', 'pt-BR': '{load} {load?cliente|clientes}' },
  clientsOne: { en: '1 client', 'pt-BR': '1 cliente' },
  rate: { en: '{load} requests/s offered', 'pt-BR': '{load} requisições/s oferecidas' },
  messages: {
    en: '{messages} {messages?message|messages} per client',
    'pt-BR': '{messages} {messages?mensagem|mensagens} por cliente',
  },
  messagesOne: { en: '1 message per client', 'pt-BR': '1 mensagem por cliente' },
  poisson: { en: 'open loop, Poisson arrivals', 'pt-BR': 'laço aberto, chegadas de Poisson' },
  uniform: { en: 'open loop, uniform arrivals', 'pt-BR': 'laço aberto, chegadas uniformes' },
  replicas: {
    en: '{replicas} {replicas?replica|replicas}',
    'pt-BR': '{replicas} {replicas?réplica|réplicas}',
  },
  replicasOne: { en: '1 replica', 'pt-BR': '1 réplica' },
  payload: { en: 'payload {value}', 'pt-BR': 'carga útil {value}' },
  thinkTime: { en: 'think time {value} ms', 'pt-BR': 'tempo de reflexão {value} ms' },
  duration: { en: 'for {value} s', 'pt-BR': 'por {value} s' },
  kept: { en: 'kept connections', 'pt-BR': 'conexões mantidas' },
  storageShared: { en: 'shared storage', 'pt-BR': 'armazenamento partilhado' },
  storagePerReplica: { en: 'storage per replica', 'pt-BR': 'armazenamento por réplica' },
  storageEphemeral: { en: 'ephemeral storage', 'pt-BR': 'armazenamento efêmero' },
  clientsPerPod: {
    en: '{value} {value?client|clients} per pod',
    'pt-BR': '{value} {value?cliente|clientes} por pod',
  },
  notKept: { en: 'a connection per request', 'pt-BR': 'uma conexão por requisição' },
} as const satisfies Record<string, Sentence>;
