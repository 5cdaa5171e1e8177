import { controlCharacter, idPattern, idRules, replicaPattern } from '../protocol/ids.ts';
import { FIELD_CHARACTERS_MAX } from '../protocol/message-api.ts';
import { fillEach, languages, type Sentence, sentences } from '../sentences/sentences.ts';
import {
  address,
  boolean,
  duration,
  expectedStatuses,
  file,
  folder,
  headerField,
  host,
  httpUrl,
  oneOf,
  payloadSize,
  replicaPlace,
  someTime,
  text,
  wholeNumber,
} from './option-kinds.ts';
import type { OptionTable, OptionValues } from './option-table.ts';
import { threshold } from './thresholds.ts';

const words = sentences.model.options;

/** Puts the sentence of each option beside what it takes. */
function documented<const T extends Readonly<Record<string, Omit<OptionTable[string], 'doc'>>>>(
  docs: { readonly [K in keyof T]: { readonly doc: Sentence } },
  options: T,
): { readonly [K in keyof T]: T[K] & { readonly doc: Sentence } } {
  const all = Object.entries(options).map(([name, option]) => [name, { ...option, doc: docs[name]?.doc }]);
  return Object.fromEntries(all);
}

/** Of both programs. */
const common = documented(words.common, {
  /** Read ahead by `chooseLanguage`, because mistakes of the command line are told in it already. */
  lang: { flag: 'lang', ...oneOf(...languages) },
  endWithStdin: { variable: 'END_WITH_STDIN', fallback: 'false', ...boolean },
});

/** `escala server`. Units: times in µs. */
export const serverOptions = {
  ...documented(words.serverOptions, {
    port: { flag: 'port', variable: 'PORT', fallback: '8080', ...wholeNumber(0, 65_535) },
    host: { flag: 'host', variable: 'HOST', fallback: '127.0.0.1', ...address },
    dataDir: { flag: 'data', variable: 'DATA_DIR', fallback: 'data', ...folder },
    replica: {
      flag: 'replica',
      variable: 'REPLICA',
      parse: (text: string) => (replicaPattern.test(text) ? text : undefined),
      allowed: idRules.replica,
    },
    serviceTimeUs: { flag: 'service-time', variable: 'SERVICE_TIME', fallback: '0', ...duration },
    serviceParallelism: {
      flag: 'service-parallelism',
      variable: 'SERVICE_PARALLELISM',
      fallback: '1',
      ...wholeNumber(1, 1_000_000),
    },
    serviceKind: {
      flag: 'service-kind',
      variable: 'SERVICE_KIND',
      fallback: 'wait',
      ...oneOf('wait', 'cpu'),
    },
    durability: { flag: 'durability', variable: 'DURABILITY', fallback: 'sync', ...oneOf('sync', 'async') },
    maxInflight: {
      flag: 'max-inflight',
      variable: 'MAX_INFLIGHT',
      fallback: '10000',
      ...wholeNumber(1, 10_000_000),
    },
    drainUs: { flag: 'drain', variable: 'DRAIN', fallback: '10s', ...duration },
    commitDelayUs: { flag: 'commit-delay', variable: 'COMMIT_DELAY', fallback: '0', ...duration },
    ledgerToken: { variable: 'LEDGER_TOKEN', ...text },
  }),
  ...common,
};
export type ServerSettings = OptionValues<typeof serverOptions>;

/** `escala client`. Units: times in µs, sizes in bytes, rate in requests/s. */
export const clientOptions = {
  ...documented(words.clientOptions, {
    url: { flag: 'url', variable: 'SERVER_URL', repeats: true, ...httpUrl },
    allowHost: { flag: 'allow-host', variable: 'ALLOW_HOST', repeats: true, ...host },
    clients: {
      flag: 'clients',
      variable: 'CLIENTS',
      fallback: '10',
      ...wholeNumber(1, 1_000_000),
      calledElsewhere: ['connections', 'concurrency', 'c', 'vus', 'users'],
    },
    messages: {
      flag: 'messages',
      variable: 'MESSAGES',
      fallback: '10',
      ...wholeNumber(1, 1_000_000_000),
      calledElsewhere: ['n', 'iterations', 'amount'],
    },
    rate: {
      flag: 'rate',
      variable: 'RATE',
      parse: (text: string) => (/^\d+(\.\d+)?$/.test(text) && Number(text) > 0 ? Number(text) : undefined),
      allowed: words.clientOptions.rate.allowed,
      calledElsewhere: ['qps', 'q', 'R', 'rps'],
    },
    arrivals: { flag: 'arrivals', variable: 'ARRIVALS', fallback: 'poisson', ...oneOf('poisson', 'uniform') },
    durationUs: {
      flag: 'duration',
      variable: 'DURATION',
      fallback: '10s',
      ...someTime,
      calledElsewhere: ['z', 'time'],
    },
    maxConnections: {
      flag: 'max-connections',
      variable: 'MAX_CONNECTIONS',
      fallback: '10000',
      ...wholeNumber(1, 1_000_000),
    },
    thinkTimeUs: { flag: 'think-time', variable: 'THINK_TIME', fallback: '0', ...duration },
    thinkDistribution: {
      flag: 'think-distribution',
      variable: 'THINK_DISTRIBUTION',
      fallback: 'fixed',
      ...oneOf('fixed', 'exponential'),
    },
    timeoutUs: { flag: 'timeout', variable: 'TIMEOUT', fallback: '10s', ...someTime },
    readyWaitUs: { flag: 'ready-wait', variable: 'READY_WAIT', fallback: '3s', ...duration },
    keepAlive: { flag: 'keep-alive', variable: 'KEEP_ALIVE', fallback: 'true', ...boolean },
    method: {
      flag: 'method',
      variable: 'METHOD',
      fallback: 'POST',
      ...oneOf('POST', 'GET', 'PUT', 'PATCH', 'DELETE', 'HEAD'),
      calledElsewhere: ['request', 'X'],
    },
    requests: { flag: 'requests', variable: 'REQUESTS', ...file },
    body: { flag: 'body', variable: 'BODY', ...file, calledElsewhere: ['data', 'd'] },
    expect: { flag: 'expect', variable: 'EXPECT', ...expectedStatuses },
    header: { flag: 'header', repeats: true, ...headerField, calledElsewhere: ['H'] },
    payloadBytes: {
      flag: 'payload',
      variable: 'PAYLOAD',
      fallback: '0B',
      ...payloadSize,
    },
    ca: { flag: 'ca', ...file },
    cert: { flag: 'cert', ...file },
    key: { flag: 'key', ...file },
    serverName: { flag: 'server-name', ...host },
    replicaFrom: { flag: 'replica-from', variable: 'REPLICA_FROM', ...replicaPlace },
    failIf: { flag: 'fail-if', variable: 'FAIL_IF', repeats: true, separator: /[;\n]/, ...threshold },
    out: { flag: 'out', variable: 'OUT', ...file },
    percentiles: { flag: 'percentiles', variable: 'PERCENTILES', ...file },
    workers: { flag: 'workers', variable: 'WORKERS', ...wholeNumber(1, 256) },
    seed: { flag: 'seed', variable: 'SEED', fallback: '1', ...wholeNumber(0, Number.MAX_SAFE_INTEGER) },
    run: {
      flag: 'run',
      variable: 'RUN',
      parse: (text: string) => (idPattern.test(text) ? text : undefined),
      allowed: idRules.id,
    },
    cell: {
      flag: 'cell',
      variable: 'CELL',
      parse: (text: string) =>
        text.length <= FIELD_CHARACTERS_MAX && !controlCharacter.test(text) ? text : undefined,
      allowed: fillEach(words.clientOptions.cell.allowed, { most: FIELD_CHARACTERS_MAX }),
    },
    insecure: {
      flag: 'insecure',
      variable: 'INSECURE',
      fallback: 'false',
      ...boolean,
      isSwitch: true,
      calledElsewhere: ['k'],
    },
    json: { flag: 'json', fallback: 'false', ...boolean, isSwitch: true },
    agentToken: { variable: 'AGENT_TOKEN', ...text },
    agentPort: { variable: 'AGENT_PORT', fallback: '0', ...wholeNumber(0, 65_535) },
    agentHost: { variable: 'AGENT_HOST', fallback: '127.0.0.1', ...address },
    agentData: { variable: 'AGENT_DATA', fallback: 'agent-data', ...folder },
    agentSecrets: { variable: 'AGENT_SECRETS', ...file },
  }),
  ...common,
};
export type ClientSettings = OptionValues<typeof clientOptions>;
