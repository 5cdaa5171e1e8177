import { jainIndex, maxOverMean } from '@escala/stats';
import { thresholds } from '../../thresholds.ts';
import type { TrialFacts } from '../../trial-facts.ts';
import { type Audit, isOpenLoop, result } from '../audit.ts';

/**
 * Connections are balanced at random, so requests are not: a cause to name, which lowers no verdict. A replica that
 * none of many connections met is another thing: fewer servers were measured than the cell says.
 */
export const balance: Audit = (facts) => {
  const requests = facts.replicas.map((replica) => replica.requests);
  const jain = jainIndex(requests);
  const highest = maxOverMean(requests);
  if (jain === null || highest === null) return result('balance', 'not-assessable', 'unknown');
  const idle = idleReplica(facts);
  if (idle)
    return idle.chanceShare < thresholds.idleReplicaChance
      ? result('balance', 'warn', 'idle', idle)
      : result('balance', 'info', 'idle-by-chance', { ...idle, jain, maxOverMean: highest });
  const even = jain >= thresholds.jainBalanced;
  return result('balance', even ? 'pass' : 'info', even ? 'even' : 'uneven', { jain, maxOverMean: highest });
};

/** A replica without a request, and in how many trials chance leaves one so. */
function idleReplica(facts: TrialFacts) {
  const { record, replicas, counts } = facts;
  const { cell } = record;
  // Names that are not those of the replicas tell nothing of these.
  const areNamed = replicas.length === record.replicas.length && replicas.length === cell.replicas;
  const idle = replicas.find(({ requests }) => requests === 0);
  // How many connections an open loop had is not in the rows.
  if (!idle || !areNamed || isOpenLoop(facts)) return undefined;
  const connections = cell.keepAlive ? cell.clients : counts.requests;
  // The number that is expected is at least the chance of one.
  const chanceShare = Math.min(1, cell.replicas * (1 - 1 / cell.replicas) ** connections);
  return { replica: idle.name, connections, chanceShare };
}
