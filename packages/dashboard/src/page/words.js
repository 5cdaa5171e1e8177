/** @typedef {'en' | 'pt-BR'} Language */

/** What the page says, in both languages. `{name}` marks a place that `say` fills in. */
export const words = {
  language: { en: 'Language', 'pt-BR': 'Idioma' },
  numbers: { en: 'Numbers', 'pt-BR': 'Números' },
  replay: { en: 'Replay', 'pt-BR': 'Reprise' },
  play: { en: 'Play', 'pt-BR': 'Reproduzir' },
  pause: { en: 'Pause', 'pt-BR': 'Pausar' },
  toEnd: { en: 'To the newest', 'pt-BR': 'Ao mais recente' },
  moment: { en: 'Moment of the study', 'pt-BR': 'Momento do estudo' },
  momentText: { en: '{at} of {end}', 'pt-BR': '{at} de {end}' },
  throughput: { en: 'Throughput (requests/s)', 'pt-BR': 'Vazão (requisições/s)' },
  latency: { en: 'Latency (ms, log scale)', 'pt-BR': 'Latência (ms, escala log)' },
  throughputSays: {
    en: 'Each stroke is a span that was measured, over the time that the study has worked. Newest: {newest} requests/s; most so far: {most}. × marks spans with failed requests.',
    'pt-BR':
      'Cada traço é um intervalo medido, ao longo do tempo em que o estudo trabalhou. Mais recente: {newest} requisições/s; máximo até aqui: {most}. × marca intervalos com requisições que falharam.',
  },
  latencySays: {
    en: 'Of the answered requests in each span, all load agents together. Newest: p50 {p50}, p95 {p95}, p99 {p99}. A quantile with fewer than ten requests beyond it is not drawn.',
    'pt-BR':
      'Das requisições respondidas em cada intervalo, todos os agentes de carga juntos. Mais recente: p50 {p50}, p95 {p95}, p99 {p99}. Um quantil com menos de dez requisições além dele não é desenhado.',
  },
  nothingYet: { en: 'Nothing was measured yet.', 'pt-BR': 'Nada foi medido ainda.' },
  elapsedAxis: { en: 'time worked (min:s)', 'pt-BR': 'tempo trabalhado (min:s)' },
  matrix: { en: 'Cells', 'pt-BR': 'Células' },
  matrixHelp: {
    en: 'Arrow keys move between cells; what is known of a cell is shown below.',
    'pt-BR': 'As setas movem entre as células; o que se sabe de uma célula aparece abaixo.',
  },
  groupClosed: {
    en: '{system}, messages per client: {messages}',
    'pt-BR': '{system}, mensagens por cliente: {messages}',
  },
  groupOpen: { en: '{system}, open loop', 'pt-BR': '{system}, laço aberto' },
  replicasByClients: { en: 'replicas ↓ clients →', 'pt-BR': 'réplicas ↓ clientes →' },
  replicasByRate: { en: 'replicas ↓ requests/s →', 'pt-BR': 'réplicas ↓ requisições/s →' },
  planned: { en: 'planned', 'pt-BR': 'planejada' },
  running: { en: 'running', 'pt-BR': 'em execução' },
  measured: { en: 'measured, not judged yet', 'pt-BR': 'medida, ainda sem veredito' },
  dropped: { en: 'dropped', 'pt-BR': 'descartada' },
  VALID: { en: 'VALID', 'pt-BR': 'VALID' },
  SUSPECT: { en: 'SUSPECT', 'pt-BR': 'SUSPECT' },
  INVALID: { en: 'INVALID', 'pt-BR': 'INVALID' },
  roundsDone: { en: 'rounds: {done}/{rounds}', 'pt-BR': 'rodadas: {done}/{rounds}' },
  detail: { en: 'Cell {cell}', 'pt-BR': 'Célula {cell}' },
  noCell: { en: 'Requests per replica', 'pt-BR': 'Requisições por réplica' },
  round: { en: 'round {round}: {status}', 'pt-BR': 'rodada {round}: {status}' },
  reads: {
    en: '{throughput} requests/s, p50 {p50}, p95 {p95}, {failed} failed of {requests}{kinds}',
    'pt-BR': '{throughput} requisições/s, p50 {p50}, p95 {p95}, {failed} com falha de {requests}{kinds}',
  },
  perReplica: {
    en: 'Requests per replica, round {round}',
    'pt-BR': 'Requisições por réplica, rodada {round}',
  },
  perReplicaLater: {
    en: 'Requests per replica are known when the trial has been judged.',
    'pt-BR': 'As requisições por réplica são conhecidas quando o ensaio recebe o veredito.',
  },
  perReplicaUnknown: {
    en: 'The answers name no replica, so requests per replica are not known.',
    'pt-BR': 'As respostas não nomeiam réplica, portanto não se sabem as requisições por réplica.',
  },
  notes: { en: 'What to look at', 'pt-BR': 'O que merece atenção' },
  noNotes: {
    en: 'No trial judged so far is SUSPECT or INVALID, and none was dropped.',
    'pt-BR': 'Nenhum ensaio julgado até aqui é SUSPECT ou INVALID, e nenhum foi descartado.',
  },
  noneJudged: { en: 'No trial has been judged yet.', 'pt-BR': 'Nenhum ensaio foi julgado ainda.' },
  noteJudged: {
    en: '{at} {cell}, round {round}: {verdict}. {reasons}',
    'pt-BR': '{at} {cell}, rodada {round}: {verdict}. {reasons}',
  },
  noteDropped: {
    en: '{at} {cell}, round {round}: dropped: {reasons}',
    'pt-BR': '{at} {cell}, rodada {round}: descartada: {reasons}',
  },
  noteInterrupted: {
    en: '{at} interrupted with {done} of {trials} {trials?trial|trials} on disk',
    'pt-BR': '{at} interrompida com {done} de {trials} {trials?ensaio|ensaios} em disco',
  },
  noteMore: {
    en: '… and {count} earlier',
    'pt-BR': '… e mais {count} {count?anterior|anteriores}',
  },
  trials: { en: 'Trials', 'pt-BR': 'Ensaios' },
  ofTotal: { en: '{done} of {total}', 'pt-BR': '{done} de {total}' },
  worked: { en: 'Worked', 'pt-BR': 'Trabalhado' },
  left: { en: 'Left, about', 'pt-BR': 'Faltam, cerca de' },
  now: { en: 'Now', 'pt-BR': 'Agora' },
  rate: { en: '{rate}/s', 'pt-BR': '{rate}/s' },
  answered: { en: 'Answered', 'pt-BR': 'Respondidas' },
  failed: { en: 'Failed', 'pt-BR': 'Com falha' },
  nodes: { en: 'Replicas by node', 'pt-BR': 'Réplicas por nó' },
  verdicts: { en: 'Verdicts', 'pt-BR': 'Vereditos' },
  rejected: { en: 'rejected', 'pt-BR': 'rejeitadas' },
  refused: { en: 'refused', 'pt-BR': 'recusadas' },
  reset: { en: 'reset', 'pt-BR': 'por conexão perdida' },
  timeout: { en: 'timed out', 'pt-BR': 'por tempo esgotado' },
  unsent: { en: 'not sent', 'pt-BR': 'não enviadas' },
  waiting: { en: 'Waiting for the first event.', 'pt-BR': 'Esperando o primeiro evento.' },
  statusRunning: { en: '{target}: running {cell}', 'pt-BR': '{target}: executando {cell}' },
  statusPreparing: { en: '{target}: preparing', 'pt-BR': '{target}: preparando' },
  statusServers: {
    en: 'Waiting for servers: {ready} of {count} ready ({reason})',
    'pt-BR': 'Aguardando servidores: {ready} de {count} prontos ({reason})',
  },
  statusAgents: {
    en: 'Waiting for clients: {ready} of {count} ready ({reason})',
    'pt-BR': 'Aguardando clientes: {ready} de {count} prontos ({reason})',
  },
  statusSilent: {
    en: '{target}: no news for {seconds}. If it was ended, continue it with run --resume.',
    'pt-BR': '{target}: sem notícias há {seconds}. Se foi encerrada, continue com run --resume.',
  },
  statusInterrupted: {
    en: '{target}: interrupted. This page goes on when the run does.',
    'pt-BR': '{target}: interrompida. Esta página continua quando a execução continuar.',
  },
  statusFinished: { en: '{target}: finished', 'pt-BR': '{target}: concluída' },
  statusReplay: { en: '{target}: replay', 'pt-BR': '{target}: reprise' },
  statusGone: {
    en: 'The events of the run are not there (any more). This page goes on when they are back.',
    'pt-BR': 'Os eventos da execução não estão (mais) lá. Esta página continua quando voltarem.',
  },
  statusUnconnected: {
    en: 'escala watch does not answer. What it told so far is below; this page keeps trying.',
    'pt-BR':
      'escala watch não responde. O que foi contado até aqui está abaixo; esta página continua tentando.',
  },
};

/**
 * The words for `key`; `{count?cell|cells}` is a choice as in the model's sentences. Numbers are written as the language does; text goes in as it is.
 * @param {keyof typeof words} key
 * @param {Language} language
 * @param {Record<string, string | number>} [values]
 */
export function say(key, language, values = {}) {
  return words[key][language].replace(/\{(\w+)(?:\?([^{}|]*)\|([^{}|]*))?\}/g, (place, name, one, other) => {
    const value = values[name];
    if (value === undefined) return place;
    if (one !== undefined) return isOne(Number(value), language) ? one : other;
    return typeof value === 'number' ? wholeText(value, language) : value;
  });
}

/** @param {number} value @param {Language} language */
const isOne = (value, language) => new Intl.PluralRules(language).select(value) === 'one';

/** @param {number} value @param {Language} language */
export function wholeText(value, language) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(value);
}

/**
 * In brackets how many failed in which way, such as ` (503 ×120, 3 timed out)`; nothing where nothing failed.
 * @param {Record<string, number>} failures @param {Language} language
 */
export function failureKindsText(failures, language) {
  const parts = Object.entries(failures).map(([kind, count]) => {
    const number = wholeText(count, language);
    return kind in words
      ? `${number} ${say(/** @type {'timeout'} */ (kind), language)}`
      : `${kind} ×${number}`;
  });
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** Milliseconds with three digits; a dash for what could not be estimated. @param {number | null | undefined} us @param {Language} language */
export function latencyText(us, language) {
  if (us === null || us === undefined) return '–';
  return `${new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(us / 1e3)} ms`;
}

/** `1:02:03` or `2:03`: the same in both languages. @param {number} seconds */
export function timeText(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
