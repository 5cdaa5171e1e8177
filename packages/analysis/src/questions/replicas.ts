import { byTrial, type Engine, numbersOf, numbersOrNull } from '../run/engine.ts';
import type { ReplicaFacts } from '../trial-facts.ts';

/** Requests that each replica answered, and what its ledger says of its own time. */
export async function replicaFacts(engine: Engine): Promise<ReadonlyMap<number, ReplicaFacts[]>> {
  const rows = await engine.rows(`
    SELECT trial, replica, count(*) FILTER (outcome = 'answered') AS requests, coalesce(sum(service_us), 0) AS busyUs,
      max(received_us + queue_us + service_us) - min(received_us + queue_us) AS spanUs,
      min(received_us - sent_us) AS sendToReceiveUsMin,
      min(done_us - received_us - queue_us - service_us) AS serveToDoneUsMin
    FROM rows WHERE replica IS NOT NULL AND ledger <> 'unexpected' GROUP BY trial, replica ORDER BY trial, replica`);
  return byTrial(rows, (row) => ({
    name: String(row['replica']),
    ...numbersOf(row, 'requests', 'busyUs'),
    ...numbersOrNull(row, 'spanUs', 'sendToReceiveUsMin', 'serveToDoneUsMin'),
  }));
}
