import { type Outcome, outcomes, record } from '@escala/model';
import { byTrial, type Engine, numberOf } from '../run/engine.ts';
import type { KindFacts } from '../trial-facts.ts';
import { cumulateLatencies, summariseLatencies } from './latencies.ts';

/** The questions of all requests, asked of each kind. After the windows are known, and after the latencies of all were read. */
export async function kindFacts(engine: Engine): Promise<ReadonlyMap<number, readonly KindFacts[]>> {
  const counted = outcomes.map((name) => `count(*) FILTER (outcome = '${name}') AS "${name}"`);
  const rows = await engine.rows(`
    SELECT rows.trial AS trial, request, count(*) AS requests, ${counted.join(', ')},
      count(*) FILTER (done_us > from_us AND done_us <= to_us AND outcome = 'answered') AS inWindow
    FROM rows JOIN windows USING (trial) WHERE request IS NOT NULL AND ledger <> 'unexpected'
    GROUP BY rows.trial, request ORDER BY rows.trial, request`);
  if (rows.length === 0) return new Map();
  await cumulateLatencies(
    engine,
    `SELECT trial || '/' || request AS key, CASE WHEN outcome = 'answered' THEN latency_us END AS us, count(*) AS n
    FROM rows WHERE outcome IN ('answered', 'timeout') AND request IS NOT NULL AND ledger <> 'unexpected' GROUP BY ALL`,
  );
  const latencies = await summariseLatencies(engine);
  return byTrial(rows, (row) => {
    const request = String(row['request']);
    return {
      request,
      requests: numberOf(row, 'requests'),
      outcomes: record(outcomes, (name: Outcome) => numberOf(row, name)),
      answeredInWindow: numberOf(row, 'inWindow'),
      latencyUs: latencies.get(`${numberOf(row, 'trial')}/${request}`) ?? null,
    };
  });
}
