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
  if (idle) return result('balance', 'warn', 'idle', idle);
  const even = jain >= thresholds.jainBalanced;
  return result('balance', even ? 'pass' : 'info', even ? 'even' : 'uneven', { jain, maxOverMean: highest });
};

/** A replica without a request, where chance leaves one so in fewer trials than `idleReplicaChance`. */
function idleReplica(facts: TrialFacts) {
  const { record, replicas, counts } = facts;
  const { cell } = record;
  // Names that are not those of the replicas tell nothing of these.
  const areNamed = replicas.length === record.replicas.length && replicas.length === cell.replicas;
  const idle = replicas.find(({ requests }) => requests === 0);
  // How many connections an open loop had is not in the rows.
  if (!idle || !areNamed || isOpenLoop(facts)) return undefined;
  const connections = cell.keepAlive ? cell.clients : counts.requests;
  const chance = cell.replicas * (1 - 1 / cell.replicas) ** connections;
  return chance < thresholds.idleReplicaChance
    ? { replica: idle.name, connections, chanceShare: chance }
    : undefined;
}
