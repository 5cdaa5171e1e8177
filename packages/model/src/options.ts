import { controlCharacter, idPattern, idRules, replicaPattern } from './ids.ts';
import { languages } from './language.ts';
import { FIELD_CHARACTERS_MAX } from './message-api.ts';
import {
  address,
  boolean,
  duration,
  file,
  folder,
  headerField,
  httpUrl,
  oneOf,
  payloadSize,
  someTime,
  text,
  wholeNumber,
} from './option-kinds.ts';
import type { OptionTable, OptionValues } from './option-table.ts';
import { threshold } from './thresholds.ts';

/** Of both programs. */
const common = {
  /** Read ahead by `chooseLanguage`, because mistakes of the command line are told in it already. */
  lang: {
    flag: 'lang',
    ...oneOf(...languages),
    doc: {
      en: 'language of every word (default: the locale)',
      'pt-BR': 'idioma de cada palavra (padrão: o do sistema)',
    },
  },
  endWithStdin: {
    variable: 'END_WITH_STDIN',
    fallback: 'false',
    ...boolean,
    doc: {
      en: 'end at once when standard input ends (the lab sets it)',
      'pt-BR': 'termina quando a entrada padrão termina (o laboratório o define)',
    },
  },
} as const satisfies OptionTable;

/** `escala server`. Units: times in µs. */
export const serverOptions = {
  port: {
    flag: 'port',
    variable: 'PORT',
    fallback: '8080',
    ...wholeNumber(0, 65_535),
    doc: { en: 'port to listen on; 0 picks a free one', 'pt-BR': 'porta em que escuta; 0 escolhe uma livre' },
  },
  host: {
    flag: 'host',
    variable: 'HOST',
    fallback: '127.0.0.1',
    ...address,
    doc: { en: 'address to listen on', 'pt-BR': 'endereço em que escuta' },
  },
  dataDir: {
    flag: 'data',
    variable: 'DATA_DIR',
    fallback: 'data',
    ...folder,
    doc: {
      en: 'folder of the ledger, ledger-<replica>.csv',
      'pt-BR': 'pasta do registro, ledger-<réplica>.csv',
    },
  },
  replica: {
    flag: 'replica',
    variable: 'REPLICA',
    parse: (text: string) => (replicaPattern.test(text) ? text : undefined),
    allowed: idRules.replica,
    doc: { en: "this replica's name (the host's name)", 'pt-BR': 'nome desta réplica (o nome da máquina)' },
  },
  serviceTimeUs: {
    flag: 'service-time',
    variable: 'SERVICE_TIME',
    fallback: '0',
    ...duration,
    doc: { en: 'simulated work per request', 'pt-BR': 'trabalho simulado por requisição' },
  },
  serviceParallelism: {
    flag: 'service-parallelism',
    variable: 'SERVICE_PARALLELISM',
    fallback: '1',
    ...wholeNumber(1, 1_000_000),
    doc: {
      en: 'served at once; the rest queue',
      'pt-BR': 'servidas ao mesmo tempo; as outras esperam',
    },
  },
  serviceKind: {
    flag: 'service-kind',
    variable: 'SERVICE_KIND',
    fallback: 'wait',
    ...oneOf('wait', 'cpu'),
    doc: { en: 'whether the work waits or computes', 'pt-BR': 'se o trabalho espera ou calcula' },
  },
  durability: {
    flag: 'durability',
    variable: 'DURABILITY',
    fallback: 'sync',
    ...oneOf('sync', 'async'),
    doc: {
      en: 'sync: on disk before the answer; async: written, flushed by the system',
      'pt-BR': 'sync: em disco antes da resposta; async: escrito, o sistema descarrega',
    },
  },
  maxInflight: {
    flag: 'max-inflight',
    variable: 'MAX_INFLIGHT',
    fallback: '10000',
    ...wholeNumber(1, 10_000_000),
    doc: {
      en: 'requests in flight before it answers 503',
      'pt-BR': 'em andamento antes de responder 503',
    },
  },
  drainUs: {
    flag: 'drain',
    variable: 'DRAIN',
    fallback: '10s',
    ...duration,
    doc: {
      en: 'how long SIGTERM waits for what is in flight',
      'pt-BR': 'quanto o SIGTERM espera pelo que está em andamento',
    },
  },
  commitDelayUs: {
    flag: 'commit-delay',
    variable: 'COMMIT_DELAY',
    fallback: '0',
    ...duration,
    doc: {
      en: 'how long a batch gathers before it is written',
      'pt-BR': 'quanto um lote se acumula antes de ser escrito',
    },
  },
  ledgerToken: {
    variable: 'LEDGER_TOKEN',
    ...text,
    doc: {
      en: 'bearer token for /ledger from elsewhere',
      'pt-BR': 'token para /ledger a partir de outra máquina',
    },
  },
  ...common,
} as const satisfies OptionTable;
export type ServerSettings = OptionValues<typeof serverOptions>;

/** `escala client`. Units: times in µs, sizes in bytes, rate in requests/s. */
export const clientOptions = {
  url: {
    flag: 'url',
    variable: 'SERVER_URL',
    repeats: true,
    ...httpUrl,
    doc: { en: 'where to send; may repeat', 'pt-BR': 'para onde enviar; pode repetir' },
  },
  clients: {
    flag: 'clients',
    variable: 'CLIENTS',
    fallback: '10',
    ...wholeNumber(1, 1_000_000),
    calledElsewhere: ['connections', 'concurrency', 'c', 'vus', 'users'],
    doc: {
      en: 'concurrent clients, each with a connection',
      'pt-BR': 'clientes simultâneos, uma conexão cada',
    },
  },
  messages: {
    flag: 'messages',
    variable: 'MESSAGES',
    fallback: '10',
    ...wholeNumber(1, 1_000_000_000),
    calledElsewhere: ['requests', 'n', 'iterations', 'amount'],
    doc: { en: 'messages per client (closed loop)', 'pt-BR': 'mensagens por cliente (laço fechado)' },
  },
  rate: {
    flag: 'rate',
    variable: 'RATE',
    parse: (text: string) => (/^\d+(\.\d+)?$/.test(text) && Number(text) > 0 ? Number(text) : undefined),
    allowed: { en: 'requests per second, above 0', 'pt-BR': 'requisições por segundo, acima de 0' },
    calledElsewhere: ['qps', 'q', 'R', 'rps'],
    doc: { en: 'open loop: requests per second', 'pt-BR': 'laço aberto: requisições por segundo' },
  },
  arrivals: {
    flag: 'arrivals',
    variable: 'ARRIVALS',
    fallback: 'poisson',
    ...oneOf('poisson', 'uniform'),
    doc: { en: 'open loop: how arrivals are spaced', 'pt-BR': 'laço aberto: como as chegadas se espaçam' },
  },
  durationUs: {
    flag: 'duration',
    variable: 'DURATION',
    fallback: '10s',
    ...someTime,
    calledElsewhere: ['z', 'time'],
    doc: { en: 'open loop: how long', 'pt-BR': 'laço aberto: por quanto tempo' },
  },
  maxConnections: {
    flag: 'max-connections',
    variable: 'MAX_CONNECTIONS',
    fallback: '10000',
    ...wholeNumber(1, 1_000_000),
    doc: { en: 'open loop: most connections', 'pt-BR': 'laço aberto: máximo de conexões' },
  },
  thinkTimeUs: {
    flag: 'think-time',
    variable: 'THINK_TIME',
    fallback: '0',
    ...duration,
    doc: {
      en: 'between an answer and the next request',
      'pt-BR': 'entre uma resposta e a próxima requisição',
    },
  },
  thinkDistribution: {
    flag: 'think-distribution',
    variable: 'THINK_DISTRIBUTION',
    fallback: 'fixed',
    ...oneOf('fixed', 'exponential'),
    doc: { en: 'whether think times are all equal', 'pt-BR': 'se os tempos de espera são todos iguais' },
  },
  timeoutUs: {
    flag: 'timeout',
    variable: 'TIMEOUT',
    fallback: '10s',
    ...someTime,
    doc: { en: 'how long a request may take', 'pt-BR': 'quanto uma requisição pode durar' },
  },
  readyWaitUs: {
    flag: 'ready-wait',
    variable: 'READY_WAIT',
    fallback: '3s',
    ...duration,
    doc: {
      en: 'how long to wait for the server before starting anyway',
      'pt-BR': 'quanto esperar pelo servidor; depois começa mesmo assim',
    },
  },
  keepAlive: {
    flag: 'keep-alive',
    variable: 'KEEP_ALIVE',
    fallback: 'true',
    ...boolean,
    doc: { en: 'false: a connection per request', 'pt-BR': 'false: uma conexão por requisição' },
  },
  method: {
    flag: 'method',
    variable: 'METHOD',
    fallback: 'POST',
    ...oneOf('POST', 'GET', 'PUT', 'PATCH', 'DELETE', 'HEAD'),
    calledElsewhere: ['request', 'X'],
    doc: { en: 'HTTP method; GET sends no body', 'pt-BR': 'método HTTP; GET não envia corpo' },
  },
  header: {
    flag: 'header',
    repeats: true,
    ...headerField,
    calledElsewhere: ['H'],
    doc: { en: 'header to add; may repeat', 'pt-BR': 'cabeçalho a acrescentar; pode repetir' },
  },
  payloadBytes: {
    flag: 'payload',
    variable: 'PAYLOAD',
    fallback: '0B',
    ...payloadSize,
    calledElsewhere: ['body', 'data', 'd'],
    doc: { en: 'size of the field data in each message', 'pt-BR': 'tamanho do campo data em cada mensagem' },
  },
  failIf: {
    flag: 'fail-if',
    variable: 'FAIL_IF',
    repeats: true,
    separator: /[;\n]/,
    ...threshold,
    doc: {
      en: 'exit 7 where this holds, or cannot be known; may repeat',
      'pt-BR': 'sai com 7 se isto vale, ou não se sabe; pode repetir',
    },
  },
  out: {
    flag: 'out',
    variable: 'OUT',
    ...file,
    doc: { en: 'file that gets a row per request', 'pt-BR': 'arquivo que recebe uma linha por requisição' },
  },
  percentiles: {
    flag: 'percentiles',
    variable: 'PERCENTILES',
    ...file,
    doc: {
      en: 'file for the latencies by percentile, as HdrHistogram text (.hgrm)',
      'pt-BR': 'arquivo para as latências por percentil, em texto do HdrHistogram (.hgrm)',
    },
  },
  workers: {
    flag: 'workers',
    variable: 'WORKERS',
    ...wholeNumber(1, 256),
    doc: {
      en: 'processes that share the load (what helps)',
      'pt-BR': 'processos que dividem a carga (o que ajudar)',
    },
  },
  seed: {
    flag: 'seed',
    variable: 'SEED',
    fallback: '1',
    ...wholeNumber(0, Number.MAX_SAFE_INTEGER),
    doc: { en: 'seed of all that is random', 'pt-BR': 'semente de tudo o que é aleatório' },
  },
  run: {
    flag: 'run',
    variable: 'RUN',
    parse: (text: string) => (idPattern.test(text) ? text : undefined),
    allowed: idRules.id,
    doc: { en: 'run that the rows name', 'pt-BR': 'execução que as linhas indicam' },
  },
  cell: {
    flag: 'cell',
    variable: 'CELL',
    parse: (text: string) =>
      text.length <= FIELD_CHARACTERS_MAX && !controlCharacter.test(text) ? text : undefined,
    allowed: {
      en: `at most ${FIELD_CHARACTERS_MAX} characters, without line breaks or other control characters`,
      'pt-BR': `no máximo ${FIELD_CHARACTERS_MAX} caracteres, sem quebras de linha nem outros caracteres de controle`,
    },
    doc: { en: 'cell that the rows name', 'pt-BR': 'célula que as linhas indicam' },
  },
  insecure: {
    flag: 'insecure',
    variable: 'INSECURE',
    fallback: 'false',
    ...boolean,
    isSwitch: true,
    calledElsewhere: ['k'],
    doc: { en: 'HTTPS without checking the certificate', 'pt-BR': 'HTTPS sem verificar o certificado' },
  },
  json: {
    flag: 'json',
    fallback: 'false',
    ...boolean,
    isSwitch: true,
    doc: { en: 'one JSON object on stdout, nothing else', 'pt-BR': 'um objeto JSON em stdout, nada mais' },
  },
  agentToken: {
    variable: 'AGENT_TOKEN',
    ...text,
    doc: {
      en: 'agent mode: wait for a plan over HTTP, behind this token',
      'pt-BR': 'modo agente: espera um plano por HTTP, com este token',
    },
  },
  agentPort: {
    variable: 'AGENT_PORT',
    fallback: '0',
    ...wholeNumber(0, 65_535),
    doc: { en: 'agent mode: port to listen on', 'pt-BR': 'modo agente: porta em que escuta' },
  },
  agentHost: {
    variable: 'AGENT_HOST',
    fallback: '127.0.0.1',
    ...address,
    doc: { en: 'agent mode: address to listen on', 'pt-BR': 'modo agente: endereço em que escuta' },
  },
  agentData: {
    variable: 'AGENT_DATA',
    fallback: 'agent-data',
    ...folder,
    doc: { en: 'agent mode: folder of the rows', 'pt-BR': 'modo agente: pasta das linhas' },
  },
  ...common,
} as const satisfies OptionTable;
export type ClientSettings = OptionValues<typeof clientOptions>;
