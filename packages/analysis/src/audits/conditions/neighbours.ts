import type { MachineUse } from '@escala/model';
import { thresholds } from '../../thresholds.ts';
import { type Audit, result } from '../audit.ts';

/**
 * Whether other programs or other virtual machines took processors from the trial. On a full machine they get less than
 * they ask for, which shows in the second before the start.
 */
export const neighbours: Audit = ({ machines }) => {
  const known = machines.filter(({ othersShare }) => othersShare !== null);
  const most = known.toSorted((a, b) => takenOf(b) - takenOf(a))[0];
  if (!most) return result('neighbours', 'not-assessable', 'unknown');
  const { node, cores, othersSpanUs: spanUs } = most;
  const [othersShare, stolenShare] = [most.othersShare ?? 0, most.stolenShare ?? 0];
  const beforeShare = most.othersBeforeShare ?? othersShare;
  const limit = othersLimit(most);
  const values = {
    cores,
    othersShare,
    beforeShare,
    spanUs,
    stolenShare,
    limit,
    ...(node !== null && { node }),
  };
  if (spanUs < thresholds.neighboursSpanUsMin) {
    return result('neighbours', 'not-assessable', 'short', { spanUs });
  }
  if (Math.max(othersShare, beforeShare) > limit) {
    return result('neighbours', 'warn', node === null ? 'busy' : 'busy-node', values);
  }
  if (stolenShare > thresholds.neighboursShare)
    return result('neighbours', 'warn', 'stolen', { ...values, limit: thresholds.neighboursShare });
  return result('neighbours', 'pass', 'quiet', values);
};

/** Kubernetes' own programs are others as well, and no node is without them: they are busy while a study runs. */
export function othersLimit({ node, cores }: Pick<MachineUse, 'node' | 'cores'>): number {
  const platformShare = node === null ? 0 : thresholds.neighboursPlatformCores / cores;
  return thresholds.neighboursShare + platformShare;
}

const takenOf = ({ othersShare, othersBeforeShare, stolenShare }: MachineUse) =>
  Math.max(othersShare ?? 0, othersBeforeShare ?? 0, stolenShare ?? 0);
