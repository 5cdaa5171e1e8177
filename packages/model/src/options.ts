import { languages, type Sentence } from './language.ts';
import type { OptionTable, OptionValues } from './option-table.ts';
import { parseDurationUs, parseSizeBytes } from './units.ts';

const integer =
  (minimum: number, maximum: number) =>
  (text: string): number | undefined => {
    const value = Number(text);
    return /^\d+$/.test(text) && value >= minimum && value <= maximum ? value : undefined;
  };

const positiveNumber = (text: string): number | undefined =>
  /^\d+(\.\d+)?$/.test(text) && Number(text) > 0 ? Number(text) : undefined;

const oneOf =
  <const T extends string>(...values: T[]) =>
  (text: string): T | undefined =>
    values.find((value) => value === text);

const boolean = (text: string): boolean | undefined =>
  text === 'true' ? true : text === 'false' ? false : undefined;

const anyText = (text: string): string | undefined => text;

const httpUrl = (text: string): string | undefined =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined;

const headerField = (text: string): string | undefined =>
  /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[^\r\n\0]*$/.test(text) ? text : undefined;

const range = (least: string, most: string): Sentence => ({
  en: `${least} to ${most}`,
  'pt-BR': `${least} a ${most}`,
});
/** Of values that are written the same in every language. */
const either = (...values: readonly string[]): Sentence => ({
  en: new Intl.ListFormat('en', { type: 'disjunction' }).format(values),
  'pt-BR': new Intl.ListFormat('pt-BR', { type: 'disjunction' }).format(values),
});
const duration = {
  en: 'such as 500us, 1ms, 5s, 2m',
  'pt-BR': 'como 500us, 1ms, 5s, 2m',
};
const size = { en: 'such as 256B, 64KiB', 'pt-BR': 'como 256B, 64KiB' };
const text = { en: 'text', 'pt-BR': 'texto' };
const address = { en: 'an address', 'pt-BR': 'um endereço' };
const folder = { en: 'a folder', 'pt-BR': 'uma pasta' };
const trueOrFalse = either('true', 'false');

/** Read ahead by `chooseLanguage`, because mistakes of the command line are told in it already. */
const lang = {
  flag: 'lang',
  parse: oneOf(...languages),
  allowed: either(...languages),
  doc: {
    en: 'language of every word (default: the locale)',
    'pt-BR': 'idioma de cada palavra (padrão: o do sistema)',
  },
} as const;

/** `escala server`. Units: times in µs. */
export const serverOptions = {
  port: {
    flag: 'port',
    variable: 'PORT',
    fallback: '8080',
    parse: integer(0, 65_535),
    allowed: range('0', '65535'),
    doc: { en: 'port to listen on; 0 picks a free one', 'pt-BR': 'porta em que escuta; 0 escolhe uma livre' },
  },
  host: {
    flag: 'host',
    variable: 'HOST',
    fallback: '127.0.0.1',
    parse: anyText,
    allowed: address,
    doc: { en: 'address to listen on', 'pt-BR': 'endereço em que escuta' },
  },
  dataDir: {
    flag: 'data',
    variable: 'DATA_DIR',
    fallback: 'data',
    parse: anyText,
    allowed: folder,
    doc: {
      en: 'folder of the ledger, ledger-<replica>.csv',
      'pt-BR': 'pasta do registro, ledger-<réplica>.csv',
    },
  },
  replica: {
    flag: 'replica',
    variable: 'REPLICA',
    parse: (text: string) => (/^[A-Za-z0-9.-]{1,128}$/.test(text) ? text : undefined),
    allowed: { en: '1 to 128 letters, digits, "-" and "."', 'pt-BR': '1 a 128 letras, dígitos, "-" e "."' },
    doc: { en: "this replica's name (the host's name)", 'pt-BR': 'nome desta réplica (o nome da máquina)' },
  },
  serviceTimeUs: {
    flag: 'service-time',
    variable: 'SERVICE_TIME',
    fallback: '0',
    parse: parseDurationUs,
    allowed: duration,
    doc: { en: 'simulated work per request', 'pt-BR': 'trabalho simulado por requisição' },
  },
  serviceParallelism: {
    flag: 'service-parallelism',
    variable: 'SERVICE_PARALLELISM',
    fallback: '1',
    parse: integer(1, 1_000_000),
    allowed: range('1', '1000000'),
    doc: {
      en: 'how many are served at once; the rest queue',
      'pt-BR': 'quantas são servidas ao mesmo tempo; as outras esperam',
    },
  },
  serviceKind: {
    flag: 'service-kind',
    variable: 'SERVICE_KIND',
    fallback: 'wait',
    parse: oneOf('wait', 'cpu'),
    allowed: either('wait', 'cpu'),
    doc: { en: 'whether the work waits or computes', 'pt-BR': 'se o trabalho espera ou calcula' },
  },
  durability: {
    flag: 'durability',
    variable: 'DURABILITY',
    fallback: 'sync',
    parse: oneOf('sync', 'async'),
    allowed: either('sync', 'async'),
    doc: {
      en: 'sync: on disk before the answer; async: written, flushed by the system',
      'pt-BR': 'sync: em disco antes da resposta; async: escrito, o sistema descarrega',
    },
  },
  maxInflight: {
    flag: 'max-inflight',
    variable: 'MAX_INFLIGHT',
    fallback: '10000',
    parse: integer(1, 10_000_000),
    allowed: range('1', '10000000'),
    doc: {
      en: 'requests in flight above which it answers 503',
      'pt-BR': 'requisições em andamento acima das quais responde 503',
    },
  },
  drainUs: {
    flag: 'drain',
    variable: 'DRAIN',
    fallback: '10s',
    parse: parseDurationUs,
    allowed: duration,
    doc: {
      en: 'how long SIGTERM waits for what is in flight',
      'pt-BR': 'quanto o SIGTERM espera pelo que está em andamento',
    },
  },
  commitDelayUs: {
    flag: 'commit-delay',
    variable: 'COMMIT_DELAY',
    fallback: '0',
    parse: parseDurationUs,
    allowed: duration,
    doc: {
      en: 'how long a batch gathers before it is written',
      'pt-BR': 'quanto um lote se acumula antes de ser escrito',
    },
  },
  ledgerToken: {
    variable: 'LEDGER_TOKEN',
    parse: anyText,
    allowed: text,
    doc: {
      en: 'bearer token for /ledger from elsewhere',
      'pt-BR': 'token para /ledger a partir de outra máquina',
    },
  },
  lang,
  endWithStdin: {
    variable: 'END_WITH_STDIN',
    fallback: 'false',
    parse: boolean,
    allowed: trueOrFalse,
    doc: {
      en: 'end at once when standard input ends (the lab sets it)',
      'pt-BR': 'termina quando a entrada padrão termina (o laboratório o define)',
    },
  },
} as const satisfies OptionTable;
export type ServerSettings = OptionValues<typeof serverOptions>;

/** `escala client`. Units: times in µs, sizes in bytes, rate in requests/s. */
export const clientOptions = {
  url: {
    flag: 'url',
    variable: 'SERVER_URL',
    repeats: true,
    parse: httpUrl,
    allowed: { en: 'an http or https URL', 'pt-BR': 'uma URL http ou https' },
    doc: { en: 'where to send; may repeat', 'pt-BR': 'para onde enviar; pode repetir' },
  },
  clients: {
    flag: 'clients',
    variable: 'CLIENTS',
    fallback: '10',
    parse: integer(1, 1_000_000),
    allowed: range('1', '1000000'),
    doc: {
      en: 'concurrent clients, each with its own connection',
      'pt-BR': 'clientes simultâneos, cada um com a sua conexão',
    },
  },
  messages: {
    flag: 'messages',
    variable: 'MESSAGES',
    fallback: '10',
    parse: integer(1, 1_000_000_000),
    allowed: range('1', '1000000000'),
    doc: { en: 'messages per client (closed loop)', 'pt-BR': 'mensagens por cliente (laço fechado)' },
  },
  rate: {
    flag: 'rate',
    variable: 'RATE',
    parse: positiveNumber,
    allowed: { en: 'requests per second, above 0', 'pt-BR': 'requisições por segundo, acima de 0' },
    doc: { en: 'open loop: requests per second', 'pt-BR': 'laço aberto: requisições por segundo' },
  },
  arrivals: {
    flag: 'arrivals',
    variable: 'ARRIVALS',
    fallback: 'poisson',
    parse: oneOf('poisson', 'uniform'),
    allowed: either('poisson', 'uniform'),
    doc: { en: 'open loop: how arrivals are spaced', 'pt-BR': 'laço aberto: como as chegadas se espaçam' },
  },
  durationUs: {
    flag: 'duration',
    variable: 'DURATION',
    fallback: '10s',
    parse: parseDurationUs,
    allowed: duration,
    doc: { en: 'open loop: how long', 'pt-BR': 'laço aberto: por quanto tempo' },
  },
  maxConnections: {
    flag: 'max-connections',
    variable: 'MAX_CONNECTIONS',
    fallback: '10000',
    parse: integer(1, 1_000_000),
    allowed: range('1', '1000000'),
    doc: { en: 'open loop: most connections', 'pt-BR': 'laço aberto: máximo de conexões' },
  },
  thinkTimeUs: {
    flag: 'think-time',
    variable: 'THINK_TIME',
    fallback: '0',
    parse: parseDurationUs,
    allowed: duration,
    doc: {
      en: 'between an answer and the next request',
      'pt-BR': 'entre uma resposta e a próxima requisição',
    },
  },
  thinkDistribution: {
    flag: 'think-distribution',
    variable: 'THINK_DISTRIBUTION',
    fallback: 'fixed',
    parse: oneOf('fixed', 'exponential'),
    allowed: either('fixed', 'exponential'),
    doc: { en: 'whether think times are all equal', 'pt-BR': 'se os tempos de espera são todos iguais' },
  },
  timeoutUs: {
    flag: 'timeout',
    variable: 'TIMEOUT',
    fallback: '10s',
    parse: parseDurationUs,
    allowed: duration,
    doc: { en: 'how long a request may take', 'pt-BR': 'quanto uma requisição pode durar' },
  },
  readyWaitUs: {
    flag: 'ready-wait',
    variable: 'READY_WAIT',
    fallback: '3s',
    parse: parseDurationUs,
    allowed: duration,
    doc: {
      en: 'how long to wait for the server; then it starts in any case',
      'pt-BR': 'quanto esperar pelo servidor; depois começa de qualquer modo',
    },
  },
  keepAlive: {
    flag: 'keep-alive',
    variable: 'KEEP_ALIVE',
    fallback: 'true',
    parse: boolean,
    allowed: trueOrFalse,
    doc: { en: 'false: a connection per request', 'pt-BR': 'false: uma conexão por requisição' },
  },
  method: {
    flag: 'method',
    variable: 'METHOD',
    fallback: 'POST',
    parse: oneOf('POST', 'GET', 'PUT', 'PATCH', 'DELETE', 'HEAD'),
    allowed: { en: 'an HTTP method', 'pt-BR': 'um método HTTP' },
    doc: { en: 'HTTP method; GET sends no body', 'pt-BR': 'método HTTP; GET não envia corpo' },
  },
  header: {
    flag: 'header',
    repeats: true,
    parse: headerField,
    allowed: { en: '"name: value"', 'pt-BR': '"nome: valor"' },
    doc: { en: 'header to add; may repeat', 'pt-BR': 'cabeçalho a acrescentar; pode repetir' },
  },
  payloadBytes: {
    flag: 'payload',
    variable: 'PAYLOAD',
    fallback: '0B',
    parse: parseSizeBytes,
    allowed: size,
    doc: { en: 'size of the field data in each message', 'pt-BR': 'tamanho do campo data em cada mensagem' },
  },
  out: {
    flag: 'out',
    variable: 'OUT',
    parse: anyText,
    allowed: { en: 'a file', 'pt-BR': 'um arquivo' },
    doc: { en: 'file that gets a row per request', 'pt-BR': 'arquivo que recebe uma linha por requisição' },
  },
  percentiles: {
    flag: 'percentiles',
    variable: 'PERCENTILES',
    parse: anyText,
    allowed: { en: 'a file', 'pt-BR': 'um arquivo' },
    doc: {
      en: 'file for the latencies by percentile, as HdrHistogram text (.hgrm)',
      'pt-BR': 'arquivo para as latências por percentil, em texto do HdrHistogram (.hgrm)',
    },
  },
  workers: {
    flag: 'workers',
    variable: 'WORKERS',
    parse: integer(1, 256),
    allowed: range('1', '256'),
    doc: {
      en: 'processes that share the load (what helps)',
      'pt-BR': 'processos que dividem a carga (o que ajudar)',
    },
  },
  seed: {
    flag: 'seed',
    variable: 'SEED',
    fallback: '1',
    parse: integer(0, Number.MAX_SAFE_INTEGER),
    allowed: { en: 'a whole number', 'pt-BR': 'um número inteiro' },
    doc: { en: 'seed of all that is random', 'pt-BR': 'semente de tudo o que é aleatório' },
  },
  run: {
    flag: 'run',
    variable: 'RUN',
    parse: anyText,
    allowed: text,
    doc: { en: 'run that the rows name', 'pt-BR': 'execução que as linhas indicam' },
  },
  cell: {
    flag: 'cell',
    variable: 'CELL',
    parse: anyText,
    allowed: text,
    doc: { en: 'cell that the rows name', 'pt-BR': 'célula que as linhas indicam' },
  },
  insecure: {
    flag: 'insecure',
    variable: 'INSECURE',
    fallback: 'false',
    parse: boolean,
    allowed: trueOrFalse,
    isSwitch: true,
    doc: { en: 'HTTPS without checking the certificate', 'pt-BR': 'HTTPS sem verificar o certificado' },
  },
  json: {
    flag: 'json',
    fallback: 'false',
    parse: boolean,
    allowed: trueOrFalse,
    isSwitch: true,
    doc: { en: 'one JSON object on stdout, nothing else', 'pt-BR': 'um objeto JSON em stdout, nada mais' },
  },
  agentToken: {
    variable: 'AGENT_TOKEN',
    parse: anyText,
    allowed: text,
    doc: {
      en: 'agent mode: wait for a plan over HTTP, behind this token',
      'pt-BR': 'modo agente: espera um plano por HTTP, com este token',
    },
  },
  agentPort: {
    variable: 'AGENT_PORT',
    fallback: '0',
    parse: integer(0, 65_535),
    allowed: range('0', '65535'),
    doc: { en: 'agent mode: port to listen on', 'pt-BR': 'modo agente: porta em que escuta' },
  },
  agentHost: {
    variable: 'AGENT_HOST',
    fallback: '127.0.0.1',
    parse: anyText,
    allowed: address,
    doc: { en: 'agent mode: address to listen on', 'pt-BR': 'modo agente: endereço em que escuta' },
  },
  agentData: {
    variable: 'AGENT_DATA',
    fallback: 'agent-data',
    parse: anyText,
    allowed: folder,
    doc: { en: 'agent mode: folder of the rows', 'pt-BR': 'modo agente: pasta das linhas' },
  },
  lang,
  endWithStdin: {
    variable: 'END_WITH_STDIN',
    fallback: 'false',
    parse: boolean,
    allowed: trueOrFalse,
    doc: {
      en: 'end at once when standard input ends (the lab sets it)',
      'pt-BR': 'termina quando a entrada padrão termina (o laboratório o define)',
    },
  },
} as const satisfies OptionTable;
export type ClientSettings = OptionValues<typeof clientOptions>;
