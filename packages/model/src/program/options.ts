import { controlCharacter, idPattern, idRules, replicaPattern } from '../protocol/ids.ts';
import { FIELD_CHARACTERS_MAX } from '../protocol/message-api.ts';
import { languages } from '../sentences/language.ts';
import { sentences } from '../sentences/sentences.ts';
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

const words = sentences.model.options;

/** Of both programs. */
const common = {
  /** Read ahead by `chooseLanguage`, because mistakes of the command line are told in it already. */
  lang: {
    flag: 'lang',
    ...oneOf(...languages),
    doc: words.common.lang.doc,
  },
  endWithStdin: {
    variable: 'END_WITH_STDIN',
    fallback: 'false',
    ...boolean,
    doc: words.common.endWithStdin.doc,
  },
} as const satisfies OptionTable;

/** `escala server`. Units: times in µs. */
export const serverOptions = {
  port: {
    flag: 'port',
    variable: 'PORT',
    fallback: '8080',
    ...wholeNumber(0, 65_535),
    doc: words.serverOptions.port.doc,
  },
  host: {
    flag: 'host',
    variable: 'HOST',
    fallback: '127.0.0.1',
    ...address,
    doc: words.serverOptions.host.doc,
  },
  dataDir: {
    flag: 'data',
    variable: 'DATA_DIR',
    fallback: 'data',
    ...folder,
    doc: words.serverOptions.dataDir.doc,
  },
  replica: {
    flag: 'replica',
    variable: 'REPLICA',
    parse: (text: string) => (replicaPattern.test(text) ? text : undefined),
    allowed: idRules.replica,
    doc: words.serverOptions.replica.doc,
  },
  serviceTimeUs: {
    flag: 'service-time',
    variable: 'SERVICE_TIME',
    fallback: '0',
    ...duration,
    doc: words.serverOptions.serviceTimeUs.doc,
  },
  serviceParallelism: {
    flag: 'service-parallelism',
    variable: 'SERVICE_PARALLELISM',
    fallback: '1',
    ...wholeNumber(1, 1_000_000),
    doc: words.serverOptions.serviceParallelism.doc,
  },
  serviceKind: {
    flag: 'service-kind',
    variable: 'SERVICE_KIND',
    fallback: 'wait',
    ...oneOf('wait', 'cpu'),
    doc: words.serverOptions.serviceKind.doc,
  },
  durability: {
    flag: 'durability',
    variable: 'DURABILITY',
    fallback: 'sync',
    ...oneOf('sync', 'async'),
    doc: words.serverOptions.durability.doc,
  },
  maxInflight: {
    flag: 'max-inflight',
    variable: 'MAX_INFLIGHT',
    fallback: '10000',
    ...wholeNumber(1, 10_000_000),
    doc: words.serverOptions.maxInflight.doc,
  },
  drainUs: {
    flag: 'drain',
    variable: 'DRAIN',
    fallback: '10s',
    ...duration,
    doc: words.serverOptions.drainUs.doc,
  },
  commitDelayUs: {
    flag: 'commit-delay',
    variable: 'COMMIT_DELAY',
    fallback: '0',
    ...duration,
    doc: words.serverOptions.commitDelayUs.doc,
  },
  ledgerToken: {
    variable: 'LEDGER_TOKEN',
    ...text,
    doc: words.serverOptions.ledgerToken.doc,
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
    doc: words.clientOptions.url.doc,
  },
  clients: {
    flag: 'clients',
    variable: 'CLIENTS',
    fallback: '10',
    ...wholeNumber(1, 1_000_000),
    calledElsewhere: ['connections', 'concurrency', 'c', 'vus', 'users'],
    doc: words.clientOptions.clients.doc,
  },
  messages: {
    flag: 'messages',
    variable: 'MESSAGES',
    fallback: '10',
    ...wholeNumber(1, 1_000_000_000),
    calledElsewhere: ['requests', 'n', 'iterations', 'amount'],
    doc: words.clientOptions.messages.doc,
  },
  rate: {
    flag: 'rate',
    variable: 'RATE',
    parse: (text: string) => (/^\d+(\.\d+)?$/.test(text) && Number(text) > 0 ? Number(text) : undefined),
    allowed: words.clientOptions.rate.allowed,
    calledElsewhere: ['qps', 'q', 'R', 'rps'],
    doc: words.clientOptions.rate.doc,
  },
  arrivals: {
    flag: 'arrivals',
    variable: 'ARRIVALS',
    fallback: 'poisson',
    ...oneOf('poisson', 'uniform'),
    doc: words.clientOptions.arrivals.doc,
  },
  durationUs: {
    flag: 'duration',
    variable: 'DURATION',
    fallback: '10s',
    ...someTime,
    calledElsewhere: ['z', 'time'],
    doc: words.clientOptions.durationUs.doc,
  },
  maxConnections: {
    flag: 'max-connections',
    variable: 'MAX_CONNECTIONS',
    fallback: '10000',
    ...wholeNumber(1, 1_000_000),
    doc: words.clientOptions.maxConnections.doc,
  },
  thinkTimeUs: {
    flag: 'think-time',
    variable: 'THINK_TIME',
    fallback: '0',
    ...duration,
    doc: words.clientOptions.thinkTimeUs.doc,
  },
  thinkDistribution: {
    flag: 'think-distribution',
    variable: 'THINK_DISTRIBUTION',
    fallback: 'fixed',
    ...oneOf('fixed', 'exponential'),
    doc: words.clientOptions.thinkDistribution.doc,
  },
  timeoutUs: {
    flag: 'timeout',
    variable: 'TIMEOUT',
    fallback: '10s',
    ...someTime,
    doc: words.clientOptions.timeoutUs.doc,
  },
  readyWaitUs: {
    flag: 'ready-wait',
    variable: 'READY_WAIT',
    fallback: '3s',
    ...duration,
    doc: words.clientOptions.readyWaitUs.doc,
  },
  keepAlive: {
    flag: 'keep-alive',
    variable: 'KEEP_ALIVE',
    fallback: 'true',
    ...boolean,
    doc: words.clientOptions.keepAlive.doc,
  },
  method: {
    flag: 'method',
    variable: 'METHOD',
    fallback: 'POST',
    ...oneOf('POST', 'GET', 'PUT', 'PATCH', 'DELETE', 'HEAD'),
    calledElsewhere: ['request', 'X'],
    doc: words.clientOptions.method.doc,
  },
  header: {
    flag: 'header',
    repeats: true,
    ...headerField,
    calledElsewhere: ['H'],
    doc: words.clientOptions.header.doc,
  },
  payloadBytes: {
    flag: 'payload',
    variable: 'PAYLOAD',
    fallback: '0B',
    ...payloadSize,
    calledElsewhere: ['body', 'data', 'd'],
    doc: words.clientOptions.payloadBytes.doc,
  },
  failIf: {
    flag: 'fail-if',
    variable: 'FAIL_IF',
    repeats: true,
    separator: /[;\n]/,
    ...threshold,
    doc: words.clientOptions.failIf.doc,
  },
  out: {
    flag: 'out',
    variable: 'OUT',
    ...file,
    doc: words.clientOptions.out.doc,
  },
  percentiles: {
    flag: 'percentiles',
    variable: 'PERCENTILES',
    ...file,
    doc: words.clientOptions.percentiles.doc,
  },
  workers: {
    flag: 'workers',
    variable: 'WORKERS',
    ...wholeNumber(1, 256),
    doc: words.clientOptions.workers.doc,
  },
  seed: {
    flag: 'seed',
    variable: 'SEED',
    fallback: '1',
    ...wholeNumber(0, Number.MAX_SAFE_INTEGER),
    doc: words.clientOptions.seed.doc,
  },
  run: {
    flag: 'run',
    variable: 'RUN',
    parse: (text: string) => (idPattern.test(text) ? text : undefined),
    allowed: idRules.id,
    doc: words.clientOptions.run.doc,
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
    doc: words.clientOptions.cell.doc,
  },
  insecure: {
    flag: 'insecure',
    variable: 'INSECURE',
    fallback: 'false',
    ...boolean,
    isSwitch: true,
    calledElsewhere: ['k'],
    doc: words.clientOptions.insecure.doc,
  },
  json: {
    flag: 'json',
    fallback: 'false',
    ...boolean,
    isSwitch: true,
    doc: words.clientOptions.json.doc,
  },
  agentToken: {
    variable: 'AGENT_TOKEN',
    ...text,
    doc: words.clientOptions.agentToken.doc,
  },
  agentPort: {
    variable: 'AGENT_PORT',
    fallback: '0',
    ...wholeNumber(0, 65_535),
    doc: words.clientOptions.agentPort.doc,
  },
  agentHost: {
    variable: 'AGENT_HOST',
    fallback: '127.0.0.1',
    ...address,
    doc: words.clientOptions.agentHost.doc,
  },
  agentData: {
    variable: 'AGENT_DATA',
    fallback: 'agent-data',
    ...folder,
    doc: words.clientOptions.agentData.doc,
  },
  ...common,
} as const satisfies OptionTable;
export type ClientSettings = OptionValues<typeof clientOptions>;
