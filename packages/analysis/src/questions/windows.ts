import { type Engine, numberOf, numberOrNull, type Row } from '../run/engine.ts';
import type { BookkeepingFacts, ClientFacts, TrialFacts, WindowFacts } from '../trial-facts.ts';

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
  SELECT rows.trial, any_value(clients) AS clients, any_value(requests_min) AS requests_min,
    any_value(requests_max) AS requests_max, any_value(first_sent) AS first_sent, any_value(last_done) AS last_done,
    any_value(from_us) AS from_us, any_value(to_us) AS to_us,
    count(*) FILTER (done_us > from_us AND done_us <= to_us AND outcome = 'answered') AS window_answered,
    count(*) FILTER (done_us > from_us AND done_us <= to_us AND sent_us IS NOT NULL) AS window_ended,
    count(*) FILTER (done_us > from_us AND done_us <= to_us AND sent_us IS NULL) AS window_never_sent,
    sum(done_us - sent_us) FILTER (done_us > from_us AND done_us <= to_us) AS window_residence,
    sum(least(done_us, to_us) - greatest(sent_us, from_us)) FILTER (done_us > from_us AND sent_us < to_us)
      AS window_in_flight,
    sum(latency_us) FILTER (sent_us IS NOT NULL) AS latency_sum,
    sum(done_us - coalesce(intended_us, sent_us)) FILTER (sent_us IS NOT NULL AND latency_us IS NOT NULL) AS times_sum,
    count(*) FILTER (sent_us IS NOT NULL AND latency_us <> done_us - coalesce(intended_us, sent_us)) AS mismatches,
    count(*) FILTER (${awaited} AND service_us IS NOT NULL) AS both_sides,
    count(*) FILTER (${awaited} AND done_us - sent_us < queue_us + service_us) AS violations,
    max(queue_us + service_us - (done_us - sent_us)) FILTER (${awaited}) AS excess_max,
    count(*) FILTER (done_us < sent_us OR queue_us < 0 OR service_us < 0) AS negative
  FROM rows JOIN windows USING (trial) WHERE ledger <> 'unexpected' GROUP BY rows.trial`;

/** Windows, and all sums over a trial and its window. A trial without client rows has no entry. */
export async function sumTrials(engine: Engine): Promise<ReadonlyMap<number, Sums>> {
  await engine.run(createWindows);
  const rows = await engine.rows(sumRows);
  return new Map(rows.map((row) => [numberOf(row, 'trial'), sumsOf(row)]));
}

function sumsOf(row: Row): Sums {
  return {
    clients: clientsOf(row),
    makespan: makespanOf(row),
    window: windowOf(row),
    bookkeeping: bookkeepingOf(row),
  };
}

function clientsOf(row: Row): ClientFacts {
  return {
    seen: numberOf(row, 'clients'),
    requestsMin: numberOf(row, 'requests_min'),
    requestsMax: numberOf(row, 'requests_max'),
  };
}

function makespanOf(row: Row): Sums['makespan'] {
  const firstSentUs = numberOrNull(row, 'first_sent');
  const lastDoneUs = numberOrNull(row, 'last_done');
  return firstSentUs === null || lastDoneUs === null || lastDoneUs <= firstSentUs
    ? null
    : { firstSentUs, lastDoneUs };
}

function windowOf(row: Row): WindowFacts | null {
  const fromUs = numberOrNull(row, 'from_us');
  const toUs = numberOrNull(row, 'to_us');
  if (fromUs === null || toUs === null || toUs <= fromUs) return null;
  return {
    fromUs,
    toUs,
    answered: numberOf(row, 'window_answered'),
    ended: numberOf(row, 'window_ended'),
    neverSent: numberOf(row, 'window_never_sent'),
    residenceUs: numberOrNull(row, 'window_residence') ?? 0,
    inFlightUs: numberOrNull(row, 'window_in_flight') ?? 0,
  };
}

function bookkeepingOf(row: Row): BookkeepingFacts {
  return {
    latencySumUs: numberOrNull(row, 'latency_sum') ?? 0,
    timesSumUs: numberOrNull(row, 'times_sum') ?? 0,
    latencyMismatches: numberOf(row, 'mismatches'),
    bothSides: numberOf(row, 'both_sides'),
    containmentViolations: numberOf(row, 'violations'),
    containmentExcessUsMax: Math.max(0, numberOrNull(row, 'excess_max') ?? 0),
    negativeDurations: numberOf(row, 'negative'),
  };
}
