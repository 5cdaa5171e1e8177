import type { LatencySummary, QuantilePoint } from '@escala/model';
import { type Engine, integerOf, numberOf, numberOrNull, type Row } from '../run/engine.ts';
import { requestsMin } from '../thresholds.ts';

/**
 * Latencies are whole microseconds, so how often each value occurs is all that a percentile needs: exact, mergeable
 * over trials, and smaller than the rows. The table `latency_counts` stays until the cells of its trials are pooled.
 * A request that timed out took longer than every answer that was waited for: it counts, with `us` NULL and in the last
 * place (right-censored). Leaving it out would make a server look the faster the more requests it lets die.
 */
export const createLatencyCounts =
  'CREATE OR REPLACE TABLE latency_counts (trial INTEGER, us BIGINT, n BIGINT)';
export const addLatencyCounts = `
  INSERT INTO latency_counts
  SELECT trial, CASE WHEN outcome = 'answered' THEN latency_us END AS us, count(*) FROM rows
  WHERE outcome IN ('answered', 'timeout') AND ledger <> 'unexpected' GROUP BY trial, us`;

/** done − sent where a schedule makes latency count from the intended instant. */
export const serviceTimeCounts = `
  SELECT trial, CASE WHEN outcome = 'answered' THEN done_us - sent_us END AS us, count(*) AS n FROM rows
  WHERE outcome IN ('answered', 'timeout') AND ledger <> 'unexpected' AND intended_us IS NOT NULL GROUP BY ALL`;

/**
 * Puts `counts`, a query with columns `key`, `us`, `n`, in order and cumulates it into the table `cumulated`, from which
 * `summariseLatencies` and `latencySpectra` then both read.
 */
export async function cumulateLatencies(engine: Engine, counts: string): Promise<void> {
  await engine.run(`
    CREATE OR REPLACE TABLE cumulated AS
    SELECT key, us, n, sum(n) OVER (PARTITION BY key ORDER BY us NULLS LAST)::BIGINT AS upto FROM (${counts})`);
}

/**
 * Nearest-rank percentiles (the smallest value with at least p·n values at or below it), among answers and timeouts, and
 * exact moments of the answers. A percentile that lies among the timeouts is null; a key without answers has no entry.
 */
export async function summariseLatencies(
  engine: Engine,
): Promise<ReadonlyMap<string | number, LatencySummary>> {
  const rows = await engine.rows(`
    WITH totals AS (SELECT key, max(upto) AS total FROM cumulated GROUP BY key)
    SELECT key, any_value(total) AS total, sum(n) FILTER (us IS NOT NULL)::BIGINT AS answered, min(us) AS min, max(us) AS max, sum(us * n) AS sum,
      sum(us::HUGEINT * us * n) AS squares, ${percentiles.map(percentileColumn).join(', ')}
    FROM cumulated JOIN totals USING (key) GROUP BY key HAVING answered > 0`);
  return new Map(rows.map((row) => [row['key'] as string | number, summaryOf(row)]));
}

/** Names and per mille; the rank ⌈p·n⌉ in whole numbers, because 0.95 is no binary fraction. */
const percentiles = [
  ['p50', 500],
  ['p90', 900],
  ['p95', 950],
  ['p99', 990],
  ['p999', 999],
] as const;

function percentileColumn([name, perMille]: readonly [string, number]): string {
  return `min(us) FILTER (upto * 1000 >= total * ${perMille}) AS ${name}`;
}

function summaryOf(row: Row): LatencySummary {
  const n = numberOf(row, 'answered');
  const total = numberOf(row, 'total');
  const sum = integerOf(row, 'sum');
  return {
    n,
    min: numberOf(row, 'min'),
    mean: Number(sum) / n,
    p50: numberOrNull(row, 'p50'),
    max: numberOf(row, 'max'),
    standardDeviation: standardDeviation(BigInt(n), sum, integerOf(row, 'squares')),
    ...percentilesOf(row, total),
  };
}

/** The percentiles for which `n` requests are enough; the others are null. */
export function percentilesOf(row: Row, n: number) {
  const of = (name: keyof typeof requestsMin) => (n >= requestsMin[name] ? numberOrNull(row, name) : null);
  return { p90: of('p90'), p95: of('p95'), p99: of('p99'), p999: of('p999') };
}

/** From exact integers: n·Σx² − (Σx)² cannot cancel digits away, as it would in floating point. */
export function standardDeviation(n: bigint, sum: bigint, squares: bigint): number | null {
  if (n < 2n) return null;
  return Math.sqrt(Number(n * squares - sum * sum) / Number(n * (n - 1n)));
}

/** The latency spectrum of each key that was cumulated: the value at each share that n allows, up to the timeouts. */
export async function latencySpectra(engine: Engine): Promise<ReadonlyMap<string, readonly QuantilePoint[]>> {
  const rows = await engine.rows(`
    WITH totals AS (SELECT key, max(upto) AS total FROM cumulated GROUP BY key),
    ranks AS (
      SELECT key, share, greatest(1, (total * share + 999999) // 1000000) AS rank
      FROM totals, (SELECT unnest([${spectrumShares.join(', ')}]) AS share)
      WHERE total * (1000000 - share) >= 10000000 OR share <= 500000)
    SELECT ranks.key AS key, share, us FROM cumulated JOIN ranks
      ON ranks.key = cumulated.key AND rank > upto - n AND rank <= upto
    WHERE us IS NOT NULL ORDER BY ranks.key, share`);
  const spectra = Map.groupBy(rows, (row) => String(row['key']));
  const pointOf = (row: Row) => ({ share: numberOf(row, 'share') / 1_000_000, us: numberOf(row, 'us') });
  return new Map([...spectra].map(([key, points]) => [key, points.map(pointOf)]));
}

/**
 * Shares of the latency spectrum in millionths, evenly spaced on the scale log₁₀ 1/(1 − share) of the HDR plot: twelve
 * a decade from 0 to 99.9999 %. A share is used only where at least ten requests lie above it.
 */
const spectrumShares: readonly number[] = Array.from({ length: 73 }, (_, i) =>
  Math.round(1_000_000 * (1 - 10 ** (-i / 12))),
);
