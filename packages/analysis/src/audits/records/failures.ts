import { type Experiment, failedRequests, failureKinds } from '@escala/model';
import { thresholds } from '../../thresholds.ts';
import { type Audit, result } from '../audit.ts';

/**
 * Requests that failed. What is answered says nothing of them, so no throughput may stand without them. A study that asks
 * how far a system goes with so many failures ("slo") wants to see cells up to there; a study with faults on purpose
 * wants to see what they do, and its cells are SUSPECT, not thrown away.
 */
export const failures: Audit = ({ counts, statusCodes }, { experiment }) => {
  const { requests } = counts;
  if (requests === 0) return result('failures', 'not-assessable', 'unknown');
  const failed = failedRequests(counts);
  if (failed === 0) return result('failures', 'pass', 'none', { requests });
  const kinds = failureKinds(counts, statusCodes);
  if (failed === requests) return result('failures', 'fail', 'all', { requests, kinds });
  const share = failed / requests;
  const values = { failed, requests, share, kinds };
  if (share <= thresholds.failureShareWarn) return result('failures', 'info', 'few', values);
  const allowed = mostAllowed(experiment);
  if (share <= allowed) return result('failures', 'info', 'allowed', { ...values, limit: allowed });
  const faults = [...new Set(experiment.faults.map(({ kind }) => kind))].join(', ');
  if (faults !== '') return result('failures', 'warn', 'fault', { ...values, faults });
  const limit = Math.max(allowed, thresholds.failureShareFail);
  return share > limit
    ? result('failures', 'fail', 'many', { ...values, limit })
    : result('failures', 'warn', 'many', { ...values, limit: thresholds.failureShareWarn });
};

/**
 * Of several service levels for failures the most lenient, as each is a question of its own, and every cell up to there
 * is part of an answer. Whether a cell meets the stricter ones is for the verdict on each level to say.
 */
function mostAllowed({ slo }: Experiment): number {
  return Math.max(0, ...slo.map(({ failureShare }) => failureShare ?? 0));
}
