import type { AgentPlan, Clock } from '@escala/model';
import type { ConnectionSettings } from '../http/connection.ts';
import type { RequestTarget } from '../http/request-target.ts';
import type { Caller } from './caller.ts';
import type { Deadlines } from './deadlines.ts';

/** What all callers of one trial share. */
export interface LoadContext {
  readonly plan: AgentPlan;
  /** Of each URL: one target for each address of its name. */
  targets: readonly (readonly RequestTarget[])[];
  readonly connections: ConnectionSettings;
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  /** Openings ahead of the load that failed, by the system's code. */
  readonly connectErrors: Map<string, number>;
  /** Connections by address, of names that have several. */
  readonly addresses: Map<string, number>;
  /** A server closed a connection that had nothing in flight. */
  onIdleClose: ((caller: Caller) => void) | undefined;
}
