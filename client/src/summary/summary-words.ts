import type { Outcome, Sentence } from '@escala/model';

/** The outcomes of the rows, as a person reads them; in JSON and CSV they keep their names. */
export const outcomeWords: Readonly<Record<Outcome, Sentence>> = {
  answered: { en: 'answered', 'pt-BR': 'respondidas' },
  rejected: { en: 'rejected', 'pt-BR': 'rejeitadas' },
  refused: { en: 'refused', 'pt-BR': 'recusadas' },
  reset: { en: 'reset', 'pt-BR': 'interrompidas' },
  timeout: { en: 'timeout', 'pt-BR': 'sem resposta no prazo' },
  unsent: { en: 'unsent', 'pt-BR': 'não enviadas' },
};

/** Every other word of the summary that a person reads; the causes of failures are the system's own codes. */
export const summaryWords = {
  requests: { en: 'requests', 'pt-BR': 'requisições' },
  seconds: { en: 'seconds', 'pt-BR': 'segundos' },
  throughput: {
    en: 'answered/s, first send to last end',
    'pt-BR': 'respondidas/s, do primeiro envio ao fim',
  },
  window: {
    en: 'answered/s while all clients are active',
    'pt-BR': 'respondidas/s com todos os clientes ativos',
  },
  arrivals: {
    en: 'arrivals: {rate}/s, gaps vary by {cv} (CV)',
    'pt-BR': 'chegadas: {rate}/s, intervalos variam {cv} (CV)',
  },
  sendLag: { en: 'send lag: p99 {p99}, max {max}', 'pt-BR': 'atraso de envio: p99 {p99}, máx. {max}' },
  latency: {
    en: 'latency of {n} answered {n?request|requests}',
    'pt-BR': 'latência de {n} {n?requisição respondida|requisições respondidas}',
  },
  fromSchedule: {
    en: 'from the instant of the schedule, not corrected otherwise',
    'pt-BR': 'a partir do instante programado, sem outra correção',
  },
  fromSend: { en: 'from the send, not corrected', 'pt-BR': 'a partir do envio, sem correção' },
  tooFew: { en: 'too few requests (needs {needed})', 'pt-BR': 'requisições de menos (precisa de {needed})' },
  min: { en: 'min', 'pt-BR': 'mín.' },
  mean: { en: 'mean', 'pt-BR': 'média' },
  max: { en: 'max', 'pt-BR': 'máx.' },
  service: { en: 'service time, from the send', 'pt-BR': 'tempo de serviço, a partir do envio' },
  replicas: { en: 'answered by replica', 'pt-BR': 'respondidas por réplica' },
  statuses: { en: 'answers by status', 'pt-BR': 'respostas por status' },
  addresses: { en: 'connections by address', 'pt-BR': 'conexões por endereço' },
  thresholds: { en: 'thresholds (--fail-if)', 'pt-BR': 'limites (--fail-if)' },
  broken: { en: 'BROKEN', 'pt-BR': 'VIOLADO' },
  kept: { en: 'kept', 'pt-BR': 'respeitado' },
  thresholdValue: { en: '{threshold}: it is {value}', 'pt-BR': '{threshold}: é {value}' },
  thresholdUnknown: {
    en: '{threshold}: not known, too few requests',
    'pt-BR': '{threshold}: não se sabe, poucas requisições',
  },
  causes: { en: 'causes of failure', 'pt-BR': 'causas das falhas' },
  insecure: {
    en: 'WARNING: certificates were NOT checked (--insecure)',
    'pt-BR': 'AVISO: os certificados NÃO foram verificados (--insecure)',
  },
  limited: { en: 'LIMITED BY THE CLIENT:', 'pt-BR': 'LIMITADO PELO CLIENTE:' },
  more: { en: 'and {count} more', 'pt-BR': 'e mais {count}' },
} as const satisfies Record<string, Sentence>;
