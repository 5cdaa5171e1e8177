import { thresholds } from '../../thresholds.ts';
import { type Audit, result } from '../audit.ts';

/**
 * No replica can serve for longer than it was there, times what it serves at once; all on its own clock. A ledger has
 * the instant of receipt, and service begins a moment later: of the two requests of a burst that is more than 2 %.
 */
export const utilisation: Audit = ({ replicas }, { experiment }) => {
  const { parallelism } = experiment.service;
  const shares = replicas
    .filter(({ busyUs, spanUs }) => busyUs > 0 && spanUs !== null && spanUs > 0)
    .map(({ name, busyUs, spanUs }) => {
      const thereUs = (spanUs ?? 1) * parallelism;
      return { name, share: busyUs / thereUs, excessUs: (busyUs - thereUs) / parallelism };
    });
  const highest = shares.reduce<(typeof shares)[number] | null>(
    (most, one) => (most === null || one.share > most.share ? one : most),
    null,
  );
  if (!highest) return result('utilisation', 'not-assessable', 'unknown');
  const values = { replica: highest.name, share: highest.share };
  const possible =
    highest.share <= thresholds.utilisationMax || highest.excessUs <= thresholds.utilisationExcessUs;
  return result('utilisation', possible ? 'pass' : 'fail', possible ? 'possible' : 'impossible', values);
};
