import { jainIndex, maxOverMean } from '@escala/stats';
import { thresholds } from '../thresholds.ts';
import { type Audit, result } from './audit.ts';

/** Connections are balanced at random, so requests are not. A cause to name; it never lowers a verdict. */
export const balance: Audit = ({ replicas }) => {
  const requests = replicas.map((replica) => replica.requests);
  const jain = jainIndex(requests);
  const highest = maxOverMean(requests);
  if (jain === null || highest === null) return result('balance', 'not-assessable', 'unknown');
  const even = jain >= thresholds.jainBalanced;
  return result('balance', even ? 'pass' : 'info', even ? 'even' : 'uneven', { jain, maxOverMean: highest });
};
