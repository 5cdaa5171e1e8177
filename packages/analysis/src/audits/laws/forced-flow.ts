import { type Audit, result } from '../audit.ts';

/** What the replicas answered adds up to what the clients were answered. */
export const forcedFlow: Audit = ({ replicas, counts }) => {
  const answered = counts.outcomes.answered;
  const served = replicas.reduce((sum, { requests }) => sum + requests, 0);
  if (served === 0) return result('forced-flow', 'not-assessable', 'unnamed');
  const holds = served === answered;
  return result('forced-flow', holds ? 'pass' : 'fail', holds ? 'holds' : 'differs', { served, answered });
};
