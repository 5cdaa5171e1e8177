import {
  type LedgerState,
  ledgerStates,
  type Outcome,
  outcomes,
  record,
  type StatusCodes,
  type TrialCounts,
} from '@escala/model';
import { byTrial, type Engine, numberOf, numbersOf, numbersOrNull } from '../run/engine.ts';
import type { CommittedTrial } from '../run/read-run.ts';
import type { ReplicaFacts, StatusFacts } from '../trial-facts.ts';

/** Answers by their HTTP status, in order; trials without an answer are not there. */
export async function statusFacts(engine: Engine): Promise<ReadonlyMap<number, readonly StatusFacts[]>> {
  const rows = await engine.rows(`
    SELECT trial, status, outcome::VARCHAR AS outcome, count(*) AS n, min(done_us) AS firstDoneUs,
      max(sent_us) AS lastSentUs
    FROM rows WHERE outcome IN ('answered', 'rejected') AND ledger <> 'unexpected' AND status IS NOT NULL
    GROUP BY trial, status, rows.outcome ORDER BY trial, status`);
  return byTrial(rows, (row) => ({
    isRejected: row['outcome'] === 'rejected',
    ...numbersOf(row, 'status', 'n', 'firstDoneUs', 'lastSentUs'),
  }));
}

export function statusCodesOf(statuses: readonly StatusFacts[]): StatusCodes {
  const codes: Record<string, number> = {};
  for (const { status, n } of statuses) codes[status] = (codes[status] ?? 0) + n;
  return codes;
}

/** Rows by outcome and ledger state. `planned` is what the record says the plan asked for. */
export async function countRows(
  engine: Engine,
  trials: ReadonlyMap<number, CommittedTrial>,
): Promise<ReadonlyMap<number, TrialCounts>> {
  const rows = await engine.rows(`
    SELECT trial, outcome::VARCHAR AS outcome, ledger::VARCHAR AS ledger, n
    FROM (SELECT trial, outcome, ledger, count(*) AS n FROM rows GROUP BY ALL)`);
  const counts = new Map([...trials].map(([trial, { record }]) => [trial, noRows(record.counts.planned)]));
  for (const row of rows) {
    const count = counts.get(numberOf(row, 'trial'));
    if (!count) continue;
    const n = numberOf(row, 'n');
    count.ledger[row['ledger'] as LedgerState] += n;
    if (row['ledger'] === 'unexpected') continue;
    count.requests += n;
    count.outcomes[row['outcome'] as Outcome] += n;
  }
  return counts;
}

type Counting = {
  planned: number;
  requests: number;
  outcomes: Record<Outcome, number>;
  ledger: Record<LedgerState, number>;
};

function noRows(planned: number): Counting {
  return { planned, requests: 0, outcomes: record(outcomes, () => 0), ledger: record(ledgerStates, () => 0) };
}

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
