import { thresholds } from '../../thresholds.ts';
import { type Audit, isOpenLoop, result } from '../audit.ts';

/**
 * The asymptotic bounds of a closed system whose service time is simulated, and so known: no client is quicker than the
 * service and its think time, and no replica than its servers.
 */
export const bounds: Audit = (facts, { kind, experiment }) => {
  const { window, record } = facts;
  const { timeUs, parallelism } = experiment.service;
  if (isOpenLoop(facts) || kind === 'burst' || !window || timeUs === 0) {
    return result('bounds', 'not-assessable', 'unknown');
  }
  const { clients, replicas, thinkTimeUs } = record.cell;
  const throughput = (window.answered * 1e6) / (window.toUs - window.fromUs);
  const bound = Math.min((clients * 1e6) / (timeUs + thinkTimeUs), (replicas * parallelism * 1e6) / timeUs);
  const values = { throughput, bound };
  const holds = throughput <= bound * thresholds.boundsTolerance;
  return result('bounds', holds ? 'pass' : 'warn', holds ? 'holds' : 'exceeded', values);
};
