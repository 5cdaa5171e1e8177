import type { AgentPlan, Clock } from '@escala/model';
import type { ConnectionSettings } from '../http/connection.ts';
import type { RequestTarget } from '../http/request-target.ts';
import type { Caller } from './caller.ts';
import type { Deadlines } from './deadlines.ts';

/** What all callers of one trial share. */
export interface LoadContext {
  readonly plan: AgentPlan;
  readonly targets: readonly RequestTarget[];
  readonly connections: ConnectionSettings;
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  /** Openings ahead of the load that failed, by the system's code. */
  readonly connectErrors: Map<string, number>;
  /** A server closed a connection that had nothing in flight. */
  onIdleClose: ((caller: Caller) => void) | undefined;
}
