import type { Sentence } from '@escala/model';

/** What the terminal says while a study runs. The short forms are for narrow windows. */
export const progressWords = {
  trial: { en: 'trial {done} of {total}', 'pt-BR': 'ensaio {done} de {total}' },
  trialShort: { en: '{done}/{total}', 'pt-BR': '{done}/{total}' },
  elapsed: { en: '{time} elapsed', 'pt-BR': '{time} decorridos' },
  left: { en: '{time} left', 'pt-BR': 'faltam {time}' },
  throughput: { en: '{rate} requests/s', 'pt-BR': '{rate} requisições/s' },
  throughputShort: { en: '{rate}/s', 'pt-BR': '{rate}/s' },
  /** Said of what was judged so far, where no request failed either. */
  noProblems: { en: 'no problems found', 'pt-BR': 'nenhum problema encontrado' },
  failed: { en: '{failed} failed', 'pt-BR': '{failed} {failed?falhou|falharam}' },
  problems: { en: '{count} {count?problem|problems}', 'pt-BR': '{count} {count?problema|problemas}' },
  now: { en: 'now {cell}, round {round}', 'pt-BR': 'agora {cell}, rodada {round}' },
  waitingServers: {
    en: 'waiting for servers: {ready} of {count} ready{reason}',
    'pt-BR': 'aguardando servidores: {ready} de {count} {ready?pronto|prontos}{reason}',
  },
  waitingAgents: {
    en: 'waiting for clients: {ready} of {count} ready{reason}',
    'pt-BR': 'aguardando clientes: {ready} de {count} {ready?pronto|prontos}{reason}',
  },
  judged: {
    en: '{cell}, round {round}: {verdict}: {reasons}',
    'pt-BR': '{cell}, rodada {round}: {verdict}: {reasons}',
  },
  dropped: {
    en: '{cell}, round {round}: dropped: {reason}. What fails twice is left out; try it again with --resume.',
    'pt-BR':
      '{cell}, rodada {round}: descartada: {reason}. O que falha duas vezes fica de fora; tente de novo com --resume.',
  },
} as const satisfies Record<string, Sentence>;
