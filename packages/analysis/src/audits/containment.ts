import { thresholds } from '../thresholds.ts';
import { type Audit, result } from './audit.ts';

/** A client cannot have waited for less than the server worked. Durations only, so clocks need not agree. */
export const containment: Audit = ({ bookkeeping }) => {
  const { bothSides, containmentViolations, containmentExcessUsMax } = bookkeeping;
  if (bothSides === 0) return result('containment', 'not-assessable', 'unknown');
  const share = containmentViolations / bothSides;
  const values = { rows: containmentViolations, share, excessUs: containmentExcessUsMax };
  const holds = share <= thresholds.containmentShareMax;
  return result('containment', holds ? 'pass' : 'fail', holds ? 'holds' : 'violated', values);
};
