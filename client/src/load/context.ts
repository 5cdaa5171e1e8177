import { type AgentPlan, type Clock, warmupCell } from '@escala/model';
import type { Connection } from '../http/connection.ts';
import type { SentKind } from '../http/request-kinds.ts';
import type { RequestWords } from '../http/request-text.ts';
import type { Span } from '../measure/measurement.ts';
import type { Recorder } from '../measure/recorder.ts';
import type { Deadlines } from './deadlines.ts';
import type { PreciseTimer } from './precise-timer.ts';

/** What all parts of one trial share. */
export interface LoadContext {
  readonly plan: AgentPlan;
  readonly clock: Clock;
  readonly timer: PreciseTimer;
  readonly deadlines: Deadlines;
  /** The kind of a request. */
  readonly kindOf: (words: RequestWords, client: number, message: number) => SentKind;
  /** Makes the connection of a client; it is not open yet. */
  readonly connect: (client: number) => Connection;
}

/** A part of a trial with its own rows: the warm-up, or the measured load. */
export interface Stage {
  readonly words: RequestWords;
  readonly recorder: Recorder;
}

export function measuredWords({ run, cell, requestIdPrefix, load }: AgentPlan): RequestWords {
  return { run, cell, requestIdPrefix, numbering: load.kind === 'closed' ? 'each client' : 'all' };
}

/** Ids of warm-up requests have one more part, so they are never those of measured ones. */
export function warmupWords({ run, requestIdPrefix }: AgentPlan): RequestWords {
  return { run, cell: warmupCell, requestIdPrefix: `${requestIdPrefix}.w`, numbering: 'each client' };
}

/** A load that can be run once. */
export interface Loop {
  /** Clients with something in flight or still to do; 0 in an open loop. */
  readonly active: number;
  /** First send and last answer of each client; closed loop. */
  readonly spans: readonly (Span | undefined)[];
  /** Resolves when every request is over. */
  run(startUs: number): Promise<void>;
  /** Nothing more is sent; requests in flight may still be answered. */
  stop(): void;
  /** Gives up all requests in flight, and writes their rows. */
  giveUp(): void;
}
