import { type AgentPlan, warmupCell } from '@escala/model';
import type { RequestWords } from '../http/request-text.ts';
import type { Recorder } from '../measure/recorder.ts';

/** A part of a trial with its own rows: the warm-up, and then what is measured. */
export interface Stage {
  readonly words: RequestWords;
  readonly recorder: Recorder;
}

/** Ids of warm-up requests have one more part, so they are never those of measured ones. */
export function warmupWords({ run, requestIdPrefix }: AgentPlan): RequestWords {
  return { run, cell: warmupCell, requestIdPrefix: `${requestIdPrefix}.w` };
}
