import type { TrialResult } from '@escala/model';
import { byTrial, type Engine, numbersOf, numbersOrNull } from '../run/engine.ts';
import { timelineSlices } from '../thresholds.ts';
import type { TrialFacts } from '../trial-facts.ts';

/** Answers, median and p95 in equal slices of each trial that has enough answers for a picture over time. */
export async function timelines(engine: Engine): Promise<ReadonlyMap<number, TrialResult['timeline']>> {
  const rows = await engine.rows(`
    WITH spans AS (
      SELECT trial, min(coalesce(intended_us, sent_us)) AS from_us, max(done_us) + 1 AS to_us FROM rows
      WHERE outcome = 'answered' GROUP BY trial HAVING count(*) >= ${timelineSlices * 10})
    SELECT trial, (done_us - from_us) * ${timelineSlices} // (to_us - from_us) AS slice,
      any_value(from_us) AS fromUs, any_value(to_us) AS toUs, count(*) AS answered,
      quantile_disc(latency_us, 0.5) AS p50Us,
      CASE WHEN count(*) >= 20 THEN quantile_disc(latency_us, 0.95) END AS p95Us
    FROM rows JOIN spans USING (trial) WHERE outcome = 'answered' GROUP BY trial, slice ORDER BY trial, slice`);
  const timelines = new Map<number, TrialResult['timeline'][number][]>();
  for (const row of rows) {
    const { trial, slice, fromUs, toUs, answered } = numbersOf(
      row,
      'trial',
      'slice',
      'fromUs',
      'toUs',
      'answered',
    );
    const points = timelines.get(trial) ?? emptySlices(fromUs, toUs);
    timelines.set(trial, points);
    points[slice] = { atUs: points[slice]?.atUs ?? 0, answered, ...numbersOrNull(row, 'p50Us', 'p95Us') };
  }
  return timelines;
}

/** A slice without an answer is a fact, not a gap. `atUs` is where it begins. */
function emptySlices(fromUs: number, toUs: number): TrialResult['timeline'][number][] {
  return Array.from({ length: timelineSlices }, (_, i) => ({
    atUs: fromUs + Math.ceil((i * (toUs - fromUs)) / timelineSlices),
    answered: 0,
    p50Us: null,
    p95Us: null,
  }));
}

/** Open loop: requests in flight at the ends of slices, from arrivals and ends alone. */
export async function inFlightOverTime(engine: Engine): Promise<ReadonlyMap<number, TrialFacts['inFlight']>> {
  const rows = await engine.rows(`
    WITH spans AS (
      SELECT trial, min(intended_us) AS from_us, max(intended_us) + 1 AS to_us FROM rows
      WHERE intended_us IS NOT NULL GROUP BY trial),
    events AS (
      SELECT trial, intended_us AS at_us, 1 AS step FROM rows WHERE intended_us IS NOT NULL
      UNION ALL SELECT trial, done_us, -1 FROM rows WHERE intended_us IS NOT NULL AND done_us IS NOT NULL),
    steps AS (
      SELECT trial, (at_us - from_us) * ${timelineSlices} // (to_us - from_us) AS slice, sum(step) AS step,
        any_value(from_us) AS from_us, any_value(to_us) AS to_us
      FROM events JOIN spans USING (trial) WHERE at_us < to_us GROUP BY trial, slice)
    SELECT trial, from_us + (slice + 1) * (to_us - from_us) // ${timelineSlices} AS atUs,
      sum(step) OVER (PARTITION BY trial ORDER BY slice) AS requests
    FROM steps ORDER BY trial, slice`);
  return byTrial(rows, (row) => numbersOf(row, 'atUs', 'requests'));
}
