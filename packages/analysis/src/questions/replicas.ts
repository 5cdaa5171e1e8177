import { type Engine, numberOf, numberOrNull } from '../run/engine.ts';
import type { ReplicaFacts } from '../trial-facts.ts';

/** Requests that each replica answered, and what its ledger says of its own time. */
export async function replicaFacts(engine: Engine): Promise<ReadonlyMap<number, ReplicaFacts[]>> {
  const rows = await engine.rows(`
    SELECT trial, replica, count(*) FILTER (outcome = 'answered') AS requests, coalesce(sum(service_us), 0) AS busy,
      max(received_us + queue_us + service_us) - min(received_us + queue_us) AS span,
      min(received_us - sent_us) AS send_to_receive,
      min(done_us - received_us - queue_us - service_us) AS serve_to_done
    FROM rows WHERE replica IS NOT NULL AND ledger <> 'unexpected' GROUP BY trial, replica ORDER BY trial, replica`);
  const facts = new Map<number, ReplicaFacts[]>();
  for (const row of rows) {
    const trial = numberOf(row, 'trial');
    const list = facts.get(trial) ?? [];
    list.push({
      name: String(row['replica']),
      requests: numberOf(row, 'requests'),
      busyUs: numberOf(row, 'busy'),
      spanUs: numberOrNull(row, 'span'),
      sendToReceiveUsMin: numberOrNull(row, 'send_to_receive'),
      serveToDoneUsMin: numberOrNull(row, 'serve_to_done'),
    });
    facts.set(trial, list);
  }
  return facts;
}
