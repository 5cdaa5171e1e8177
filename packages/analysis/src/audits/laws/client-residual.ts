import { thresholds } from '../../thresholds.ts';
import { type Audit, isOpenLoop, result } from '../audit.ts';
import { explainedTime } from './interactive-law.ts';

/**
 * ρ = 1 − X·(R + Z)/c: the share of the clients' time in which they neither wait nor think, but are busy themselves. Where
 * connections failed, part of it may be the time that they took to fail, which is no fault of the client.
 */
export const clientResidual: Audit = (facts, { kind }) => {
  if (isOpenLoop(facts)) return result('client-residual', 'not-assessable', 'open');
  const explained = explainedTime(facts);
  if (kind === 'burst' || !explained) return result('client-residual', 'not-assessable', 'burst');
  const residual = 1 - explained.share;
  const unlucky = residual - explained.tolerance;
  const least = unlucky - explained.connecting;
  if (unlucky > thresholds.residualWarn && least <= thresholds.residualWarn) {
    const requests = explained.neverSent;
    return result('client-residual', 'not-assessable', 'connecting', { residual, requests });
  }
  const limit = least > thresholds.residualFail ? thresholds.residualFail : thresholds.residualWarn;
  const values = { residual, limit };
  if (least > thresholds.residualFail) return result('client-residual', 'fail', 'high', values);
  if (least > thresholds.residualWarn) return result('client-residual', 'warn', 'high', values);
  return result('client-residual', 'pass', 'low', values);
};
