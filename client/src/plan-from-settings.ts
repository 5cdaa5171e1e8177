import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { type AgentPlan, type ClientSettings, EscalaError, sentences } from '@escala/model';
import { requestTarget } from './http/request-target.ts';

/** A thread is worth its start only for so many requests, and for so many clients. */
const REQUESTS_PER_WORKER = 50_000;
const CLIENTS_PER_WORKER = 32;

/**
 * The whole load of a client that runs on its own, as one plan. Its request ids begin with the run, which gets a name
 * of its own where none is given, so that two runs against one server never share ids.
 * @throws EscalaError OPTION_MISSING without a URL, OPTIONS_CONFLICT as `checkAuthorization`.
 */
export function planFromSettings(settings: ClientSettings): AgentPlan {
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
    method: settings.method,
    headers: settings.header,
    payloadBytes: settings.payloadBytes,
    keepAlive: settings.keepAlive,
    timeoutUs: settings.timeoutUs,
    insecure: settings.insecure,
    seed: String(settings.seed),
  };
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
