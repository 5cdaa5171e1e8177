import { type Engine, integerOf, numberOf, numbersOf, numbersOrNull, type Row } from '../run/engine.ts';
import type { ArrivalFacts, TrialFacts } from '../trial-facts.ts';

/** Everything that one pass over the rows can sum once the windows are known. */
export type Sums = Pick<TrialFacts, 'clients' | 'makespan' | 'window' | 'bookkeeping'>;

/** The window of each trial goes into the table `windows`, which other questions join. */
const createWindows = `
  CREATE OR REPLACE TABLE windows AS
  WITH per_client AS (
    SELECT trial, client, count(*) AS n, min(sent_us) AS first_sent, max(done_us) AS last_done,
      min(sent_us) IS NOT NULL AS active, min(intended_us) AS first_intended, max(intended_us) AS last_intended
    FROM rows WHERE ledger <> 'unexpected' GROUP BY trial, client)
  SELECT trial, count(*) AS clients, min(n) AS requests_min, max(n) AS requests_max,
    min(first_sent) AS first_sent, max(last_done) AS last_done,
    coalesce(min(first_intended), max(first_sent)) AS from_us,
    CASE WHEN min(first_intended) IS NULL THEN min(last_done) FILTER (active) ELSE max(last_intended) END AS to_us
  FROM per_client GROUP BY trial`;

/** A server may go on with a request after its client gave up; only an answer comes after all of the server's work. */
const awaited = `outcome = 'answered'`;

const sumRows = `
  SELECT rows.trial, any_value(clients) AS seen, any_value(requests_min) AS requestsMin,
    any_value(requests_max) AS requestsMax, any_value(first_sent) AS firstSentUs, any_value(last_done) AS lastDoneUs,
    any_value(from_us) AS fromUs, any_value(to_us) AS toUs,
    count(*) FILTER (done_us > from_us AND done_us <= to_us AND outcome = 'answered') AS answered,
    count(*) FILTER (done_us > from_us AND done_us <= to_us AND sent_us IS NOT NULL) AS ended,
    count(*) FILTER (done_us > from_us AND done_us <= to_us AND sent_us IS NULL) AS neverSent,
    coalesce(sum(done_us - sent_us) FILTER (done_us > from_us AND done_us <= to_us), 0) AS residenceUs,
    coalesce(sum(least(done_us, to_us) - greatest(sent_us, from_us)) FILTER (done_us > from_us AND sent_us < to_us), 0)
      AS inFlightUs,
    coalesce(sum(latency_us) FILTER (sent_us IS NOT NULL), 0) AS latencySumUs,
    coalesce(sum(done_us - coalesce(intended_us, sent_us)) FILTER (sent_us IS NOT NULL AND latency_us IS NOT NULL), 0)
      AS timesSumUs,
    count(*) FILTER (sent_us IS NOT NULL AND latency_us <> done_us - coalesce(intended_us, sent_us))
      AS latencyMismatches,
    count(*) FILTER (${awaited} AND service_us IS NOT NULL) AS bothSides,
    count(*) FILTER (${awaited} AND done_us - sent_us < queue_us + service_us) AS containmentViolations,
    greatest(0, max(queue_us + service_us - (done_us - sent_us)) FILTER (${awaited})) AS containmentExcessUsMax,
    count(*) FILTER (done_us < sent_us OR queue_us < 0 OR service_us < 0) AS negativeDurations
  FROM rows JOIN windows USING (trial) WHERE ledger <> 'unexpected' GROUP BY rows.trial`;

/** Windows, and all sums over a trial and its window. A trial without client rows has no entry. */
export async function sumTrials(engine: Engine): Promise<ReadonlyMap<number, Sums>> {
  await engine.run(createWindows);
  const rows = await engine.rows(sumRows);
  return new Map(rows.map((row) => [numberOf(row, 'trial'), sumsOf(row)]));
}

function sumsOf(row: Row): Sums {
  const { firstSentUs, lastDoneUs, fromUs, toUs } = numbersOrNull(row, ...edges);
  const hasMakespan = firstSentUs !== null && lastDoneUs !== null && lastDoneUs > firstSentUs;
  const hasWindow = fromUs !== null && toUs !== null && toUs > fromUs;
  return {
    clients: numbersOf(row, 'seen', 'requestsMin', 'requestsMax'),
    makespan: hasMakespan ? { firstSentUs, lastDoneUs } : null,
    window: hasWindow ? { fromUs, toUs, ...numbersOf(row, ...windowSums) } : null,
    bookkeeping: numbersOf(row, ...recordSums, ...ledgerSums),
  };
}

const edges = ['firstSentUs', 'lastDoneUs', 'fromUs', 'toUs'] as const;
const windowSums = ['answered', 'ended', 'neverSent', 'residenceUs', 'inFlightUs'] as const;
const recordSums = ['latencySumUs', 'timesSumUs', 'latencyMismatches', 'negativeDurations'] as const;
const ledgerSums = ['bothSides', 'containmentViolations', 'containmentExcessUsMax'] as const;

/**
 * How the load of an open loop really arrived: its rate, the coefficient of variation of the gaps between sends (0 is
 * even, 1 is Poisson), and how late requests were sent.
 */
export async function arrivalFacts(engine: Engine): Promise<ReadonlyMap<number, ArrivalFacts>> {
  const rows = await engine.rows(`
    WITH sends AS (
      SELECT trial, sent_us, sent_us - intended_us AS lag,
        sent_us - lag(sent_us) OVER (PARTITION BY trial ORDER BY sent_us) AS gap
      FROM rows WHERE intended_us IS NOT NULL AND sent_us IS NOT NULL)
    SELECT trial, count(*) AS n, max(sent_us) - min(sent_us) AS span, sum(gap) AS gaps, sum(gap * gap) AS squares,
      quantile_disc(lag, 0.99) AS lag_p99, max(lag) AS lag_max
    FROM sends GROUP BY trial HAVING count(*) >= 3 AND max(sent_us) > min(sent_us)`);
  return new Map(
    rows.map((row) => {
      const arrivals = numberOf(row, 'n');
      return [
        numberOf(row, 'trial'),
        {
          arrivals,
          ratePerSecond: ((arrivals - 1) * 1e6) / numberOf(row, 'span'),
          interarrivalCv: coefficientOfVariation(
            BigInt(arrivals - 1),
            integerOf(row, 'gaps'),
            integerOf(row, 'squares'),
          ),
          sendLagUsP99: numberOf(row, 'lag_p99'),
          sendLagUsMax: numberOf(row, 'lag_max'),
        },
      ];
    }),
  );
}

function coefficientOfVariation(n: bigint, sum: bigint, squares: bigint): number {
  const variance = Number(n * squares - sum * sum) / Number(n * (n - 1n));
  return Math.sqrt(variance) / (Number(sum) / Number(n));
}
