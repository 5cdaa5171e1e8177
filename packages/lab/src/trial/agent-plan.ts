import {
  type AgentPlan,
  type Cell,
  type Experiment,
  isForeign,
  ledgerCell,
  levelNames,
  loadOf,
  type PlannedRequest,
  requestIdPrefix,
  type TrialIdentity,
} from '@escala/model';
import { isHeld, sentBy } from '../experiment/sent-secrets.ts';
import { FIRST_WARMUP_FACTOR } from './limits.ts';

/** The plan of one agent of `agents` for a trial; undefined where the cell has fewer clients than agents. */
export function agentPlan(request: {
  identity: TrialIdentity;
  cell: Cell;
  experiment: Experiment;
  /** What the clients send, where the system has requests of its own. */
  requests?: readonly PlannedRequest[] | undefined;
  urls: readonly string[];
  index: number;
  agents: number;
  holdsSecrets?: boolean | undefined;
  warmupMessages: number;
  /** Replicas that the agent is to meet first; undefined where it need not. */
  meet?: number | undefined;
}): AgentPlan | undefined {
  const { identity, cell, experiment, urls, index, agents } = request;
  const share = loadShare(cell, index, agents);
  if (share === undefined) return undefined;
  const system = experiment.systems.find(({ name }) => name === cell.system);
  // Of what others wrote nothing is known but that it answers HTTP.
  const path = system?.path ?? (system && isForeign(system) && !request.requests ? '/' : undefined);
  return {
    id: `${requestIdPrefix(identity)}.agent${index}`,
    run: identity.run,
    cell: ledgerCell(identity),
    requestIdPrefix: requestIdPrefix(identity),
    urls: path === undefined ? urls : urls.map((url) => new URL(url.replace(/\/*$/, '') + path).href),
    load: share,
    warmupMessages: request.warmupMessages,
    ...(request.meet !== undefined && { meet: request.meet }),
    // A mix has its own methods and paths, below the URL itself.
    method:
      path === undefined && system?.url === undefined && request.requests === undefined ? 'POST' : 'GET',
    ...(request.holdsSecrets && system && isHeld(system)
      ? { headers: [], heldFor: system.name }
      : sentBy(system, process.env)),
    ...(request.requests && { mix: { kinds: request.requests, clients: clientsOf(cell) } }),
    payloadBytes: cell.payloadBytes,
    keepAlive: cell.keepAlive,
    timeoutUs: cell.timeoutUs,
    insecure: system?.tls?.insecure ?? false,
    ...(system?.replicaFrom && { replicaFrom: system.replicaFrom }),
    // The same for all agents, attempts and systems: in a round, two systems meet the same arrivals and the same choices
    // of replicas, so that their difference is not one of luck.
    seed: `${experiment.seed}/-${levelNames(cell, experiment, ['system']).join('-')}/${identity.round}`,
  };
}

/** Clients are dealt out like cards, so that every agent has as many as any other, or one fewer. */
function loadShare(cell: Cell, index: number, agents: number): AgentPlan['load'] | undefined {
  const load = loadOf(cell);
  if (load.kind === 'open') {
    const maxConnections = Math.max(1, Math.floor(load.maxConnections / agents));
    return { ...load, maxConnections, share: index, shares: agents };
  }
  const count = Math.ceil((load.clients - index) / agents);
  if (count <= 0) return undefined;
  return { ...load, clients: { first: index + 1, stride: agents, count } };
}

/** Clients, or in an open loop connections, of the whole cell. */
function clientsOf(cell: Cell): number {
  const load = loadOf(cell);
  return load.kind === 'open' ? load.maxConnections : load.clients;
}

/** Messages of each client before a trial: more before the first of a block, whose servers are new. */
export function warmupMessagesOf({ warmupMessages }: Experiment, isFirstOfBlock: boolean): number {
  return warmupMessages * (isFirstOfBlock ? FIRST_WARMUP_FACTOR : 1);
}
