import { z } from 'zod';
import type { AgentHealth } from '../protocol/agent-protocol.ts';
import { ledgerStates, outcomes } from '../protocol/columns.ts';
import { plannedTrial } from './manifest.ts';
import { trialRecordVersion } from './names.ts';
import { count, each, flag, maybe, number, type Read, text } from './shape.ts';

/** Requests of a trial, counted while joining. Sums are exact integers. */
export const counts = z
  .object({
    /** What the plan asks for: clients × messages, or the arrivals of the schedule. */
    planned: count,
    /** Client rows: one for each request, whatever became of it. */
    requests: count,
    outcomes: each(outcomes),
    /** Rows of requests.csv by their `ledger` cell; `unexpected` rows are not client rows. */
    ledger: each(ledgerStates),
  })
  .meta({ id: 'counts' });
export type TrialCounts = Read<typeof counts>;

const health = z.object({
  cpuShare: number,
  eventLoopDelayUsP99: number,
  eventLoopDelayUsMax: number,
  gcPauseUsMax: number,
  sendLagUsP99: maybe,
  sendLagUsMax: maybe,
  rowsDelayed: flag,
  timeWaitSockets: maybe,
  throttledUs: maybe.exactOptional(),
}) satisfies z.ZodType<AgentHealth>;

export const agent = z
  .object({
    name: text,
    node: text.nullable(),
    clients: count,
    /** First send − agreed instant, µs, on the agent's clock. */
    startSkewUs: number,
    /** Agent's clock − lab's clock, from the ping with the least delay; uncertain by half of it. */
    clockOffsetUs: number,
    clockDelayUs: number,
    health,
  })
  .meta({ id: 'agent' });
export type AgentRecord = Read<typeof agent>;

const replica = z.object({
  name: text,
  node: text.nullable(),
  /** Cores that it may use; null without a limit. */
  cpuLimit: maybe,
  /** The digest of its image, as the node has it; absent where there is none. */
  image: text.exactOptional(),
  /** Waited because of that limit during the trial, µs; absent in older runs, null where it is not known. */
  throttledUs: maybe.exactOptional(),
});
export type ReplicaRecord = Read<typeof replica>;

/** `code` is one of the platform's or the lab's words, such as `replica-restarted` or `throttled`. */
export const incident = z.object({ code: text, subject: text, detail: text, atUs: number });
export type Incident = Read<typeof incident>;

/** Processor time in µs, summed over the cores, since an instant of the counter's own. A null is not known here. */
const machineLook = z.object({
  /** On the lab's clock. */
  atUs: number,
  /** It was so much earlier or later: half of the call that asked for it. Absent where it was read on the spot. */
  withinUs: number.exactOptional(),
  /** Neither idle nor stolen by a hypervisor. */
  busyUs: number,
  stolenUs: maybe,
  /** Used by the servers and agents of the trial, and by the lab itself. */
  loadUs: maybe,
  labUs: maybe,
  /** Servers and agents were ready to run, and no processor was free. */
  waitedUs: maybe,
  /** Time, not summed over the cores, in which some ready task waited (the kernel's PSI, `cpu`, `some`). */
  pressureUs: maybe,
});
export type MachineLook = Read<typeof machineLook>;

/**
 * What a machine did around a trial. `looks` are in order of time: up to a second before the start, just before it, when
 * the lab knew of the last answer, and when the rows were collected. Analysis makes shares of them.
 */
const machine = z.object({
  /** The node's name as agents and replicas have it; null is the lab's own machine. */
  node: text.nullable(),
  /** Further nodes that are the same machine, as those of kind are. */
  alsoNodes: z.array(text).exactOptional(),
  cores: count,
  /** The smallest difference that its own counters show, µs of one core. */
  stepUs: number,
  looks: z.array(machineLook),
});
export type MachineRecord = Read<typeof machine>;

/** cell.json: the commit point of a trial, renamed into place last. Without it the trial did not happen. */
export const trialRecord = plannedTrial.extend({
  schema: z.literal('escala/cell'),
  version: z.literal(trialRecordVersion),
  attempt: count,
  /** Position in the order in which trials really ran, from 0. */
  actualIndex: count,
  /** Names the deployment: trials of one block share their servers, so they are not independent runs. */
  block: text,
  /** Preparation began, agreed instant of the start, all rows collected; µs since the epoch, the lab's clock. */
  preparedAtUs: count,
  startAtUs: count,
  endedAtUs: count,
  agents: z.array(agent),
  replicas: z.array(replica),
  counts,
  /** What the platform or the lab saw go wrong. */
  incidents: z.array(incident),
  /** Those that carried replicas or agents, where they tell of themselves; absent in runs from before they were asked. */
  machines: z.array(machine).exactOptional(),
});
export type TrialRecord = Read<typeof trialRecord>;
