import { mser5 } from '@escala/stats';
import { type Audit, result } from '../audit.ts';

/** Where MSER-5 would cut the beginning of the trial, by median latency over time. Reported, never assumed. */
export const warmUp: Audit = ({ timeline }, { kind }) => {
  const medians = timeline.flatMap(({ p50Us }) => (p50Us === null ? [] : [p50Us]));
  const found = kind === 'burst' ? null : mser5(medians);
  if (!found) return result('warm-up', 'not-assessable', 'short');
  const share = found.cut / medians.length;
  if (!found.isSteady) return result('warm-up', 'info', 'never-steady', { share });
  return result('warm-up', found.cut === 0 ? 'pass' : 'info', found.cut === 0 ? 'steady' : 'cut', { share });
};
