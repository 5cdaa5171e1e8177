import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import {
  type AgentPlan,
  type ClientSettings,
  EscalaError,
  type PlannedRequest,
  readTls,
  sentences,
} from '@escala/model';
import { requestTarget } from './http/request-target.ts';

/** A thread is worth its start only for so many requests, and for so many clients. */
const REQUESTS_PER_WORKER = 50_000;
const CLIENTS_PER_WORKER = 32;

/**
 * The whole load of a client that runs on its own, as one plan. Its request ids begin with the run, which gets a name
 * of its own where none is given, so that two runs against one server never share ids.
 * @throws EscalaError OPTION_MISSING without a URL, OPTIONS_CONFLICT as `checkAuthorization`.
 */
export function planFromSettings(
  settings: ClientSettings,
  kinds?: readonly PlannedRequest[] | undefined,
): AgentPlan {
  if (settings.url.length === 0) throw new EscalaError('OPTION_MISSING', { option: '--url (SERVER_URL)' });
  checkAuthorization(settings);
  const run = settings.run ?? `client-${randomBytes(4).toString('hex')}`;
  return {
    id: run,
    run,
    cell: settings.cell ?? '',
    requestIdPrefix: run,
    urls: settings.url,
    load: loadOf(settings),
    warmupMessages: 0,
    // A mix has its own methods and paths, below the URL itself.
    method: kinds ? 'GET' : settings.method,
    ...(kinds && {
      mix: { kinds, clients: settings.rate === undefined ? settings.clients : settings.maxConnections },
    }),
    ...(settings.expect && { expect: settings.expect }),
    headers: settings.header,
    payloadBytes: settings.payloadBytes,
    keepAlive: settings.keepAlive,
    timeoutUs: settings.timeoutUs,
    insecure: settings.insecure,
    ...((settings.ca ?? settings.cert ?? settings.key ?? settings.serverName) !== undefined && {
      tls: readTls(settings),
    }),
    ...(settings.replicaFrom && { replicaFrom: settings.replicaFrom }),
    seed: String(settings.seed),
  };
}

/**
 * What `--requests` or `--body` say that is sent; undefined for messages, or requests without a body.
 * @throws EscalaError DATA_INVALID for a body that cannot be sent, and what `readRequests` throws.
 */
export async function kindsFromSettings(
  { requests, body, method, header, expect = ['2xx'] }: ClientSettings,
  readRequests: ((file: string) => Promise<readonly PlannedRequest[]>) | undefined,
): Promise<readonly PlannedRequest[] | undefined> {
  if (requests !== undefined) {
    // The image of the agents has no reader of YAML.
    if (!readRequests) throw new EscalaError('OPTION_NEEDS', { one: '--requests', other: 'escala client' });
    return readRequests(requests);
  }
  if (body === undefined) return undefined;
  const { planRequests } = await import('@escala/model/requests');
  const type = header.find((field) => /^content-type:/i.test(field))?.replace(/^[^:]*:\s*/, '');
  const kind = { name: '', weight: 1, method, path: '', body: { file: body }, expect };
  const headers = type === undefined ? {} : { headers: { 'content-type': type } };
  const planned = await planRequests([{ ...kind, ...headers }], '.');
  const [problem] = planned.problems;
  if (problem) throw new EscalaError('DATA_INVALID', { where: '--body', detail: problem.says });
  return planned.requests;
}

/** @throws EscalaError OPTIONS_CONFLICT for two options that say what is sent. */
export function checkSent(given: Partial<Record<keyof ClientSettings, string>>): void {
  const others = {
    requests: ['body', 'method', 'payloadBytes', 'expect'],
    body: ['payloadBytes'],
  } as const;
  for (const [name, conflicting] of Object.entries(others)) {
    const one = given[name as keyof typeof others];
    const other = conflicting.map((key) => given[key]).find((option) => option !== undefined);
    if (one !== undefined && other !== undefined) throw new EscalaError('OPTIONS_CONFLICT', { one, other });
  }
}

const ofClosedLoop = ['messages', 'clients', 'thinkTimeUs', 'thinkDistribution'] as const;
const ofOpenLoop = ['durationUs', 'arrivals', 'maxConnections'] as const;

/**
 * Nothing that was given is ignored.
 * @param given how each setting that was given is written, `--rate` or `RATE`
 * @throws EscalaError OPTIONS_CONFLICT, RATE_MISSING for settings of the loop that is not meant
 */
export function checkLoop(given: Partial<Record<keyof ClientSettings, string>>): void {
  const closed = ofClosedLoop.map((name) => given[name]).find((option) => option !== undefined);
  const open = ofOpenLoop.map((name) => given[name]).find((option) => option !== undefined);
  if (given.rate !== undefined && closed !== undefined) {
    throw new EscalaError('OPTIONS_CONFLICT', { one: given.rate, other: closed });
  }
  if (given.rate !== undefined || open === undefined) return;
  if (closed !== undefined) throw new EscalaError('OPTIONS_CONFLICT', { one: open, other: closed });
  throw new EscalaError('RATE_MISSING', { option: open });
}

/** @throws EscalaError OPTIONS_CONFLICT for two ways to give the authorization. */
function checkAuthorization({ url, header }: ClientSettings): void {
  const hasHeader = header.some((field) => /^authorization:/i.test(field));
  if (hasHeader && url.some((text) => requestTarget(text, 'GET').authorization !== undefined)) {
    throw new EscalaError('OPTIONS_CONFLICT', { one: '--header authorization', other: authorizationInUrl });
  }
}

const authorizationInUrl = sentences.client.planFromSettings;

function loadOf(settings: ClientSettings): AgentPlan['load'] {
  const { rate, clients, messages, thinkTimeUs, thinkDistribution } = settings;
  if (rate === undefined) {
    return {
      kind: 'closed',
      clients: { first: 1, stride: 1, count: clients },
      messages,
      thinkTimeUs,
      thinkDistribution,
    };
  }
  const { arrivals, durationUs, maxConnections } = settings;
  return { kind: 'open', ratePerSecond: rate, arrivals, durationUs, maxConnections, share: 0, shares: 1 };
}

/** As many threads as can help: a core stays for the rest of the machine, and each has enough to do. */
export function helpfulWorkers(plan: AgentPlan): number {
  const { load } = plan;
  const [requests, clients] =
    load.kind === 'closed'
      ? [load.clients.count * load.messages, load.clients.count]
      : [(load.ratePerSecond * load.durationUs) / 1e6, load.maxConnections];
  const worthwhile = Math.min(requests / REQUESTS_PER_WORKER, clients / CLIENTS_PER_WORKER);
  return Math.max(1, Math.min(availableParallelism() - 1, Math.floor(worthwhile)));
}

/** More workers than this would leave some without a client or a connection. */
export function workersMax({ load }: AgentPlan): number {
  return load.kind === 'closed' ? load.clients.count : load.maxConnections;
}

/** The plan of worker `index` of `workers`, of which there are at most `workersMax`. */
export function shareOfPlan(plan: AgentPlan, index: number, workers: number): AgentPlan {
  const { load } = plan;
  if (load.kind === 'open') {
    const maxConnections = Math.floor((load.maxConnections + workers - 1 - index) / workers);
    return { ...plan, load: { ...load, maxConnections, share: index, shares: workers } };
  }
  const count = Math.ceil((load.clients.count - index) / workers);
  return { ...plan, load: { ...load, clients: { first: index + 1, stride: workers, count } } };
}
