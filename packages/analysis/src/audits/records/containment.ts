import { thresholds } from '../../thresholds.ts';
import { type Audit, result } from '../audit.ts';

/**
 * A client cannot have been answered before the server had worked. Durations only, so clocks need not agree; clients
 * that gave up before they were answered say nothing here.
 */
export const containment: Audit = ({ bookkeeping }) => {
  const { bothSides, containmentViolations, containmentExcessUsMax } = bookkeeping;
  if (bothSides === 0) return result('containment', 'not-assessable', 'unknown');
  const share = containmentViolations / bothSides;
  const values = { rows: containmentViolations, share, excessUs: containmentExcessUsMax };
  const holds = share <= thresholds.containmentShareMax;
  return result('containment', holds ? 'pass' : 'fail', holds ? 'holds' : 'violated', values);
};
