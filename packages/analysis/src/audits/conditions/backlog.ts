import { theilSen } from '@escala/stats';
import { thresholds } from '../../thresholds.ts';
import { type Audit, isOpenLoop, result } from '../audit.ts';

/** Open loop: requests in flight that only grow mean that the load is above capacity; percentiles then grow with time. */
export const backlog: Audit = (facts) => {
  const { inFlight, arrivals } = facts;
  if (!isOpenLoop(facts)) return result('backlog', 'not-assessable', 'closed');
  if (!arrivals || inFlight.length === 0) return result('backlog', 'not-assessable', 'short');
  const startUs = inFlight[0]?.atUs ?? 0;
  const seconds = inFlight.map(({ atUs }) => (atUs - startUs) / 1e6);
  const slope = theilSen(
    seconds,
    inFlight.map(({ requests }) => requests),
  );
  if (!slope?.interval) return result('backlog', 'not-assessable', 'short');
  const growth = (slope.slope * (seconds.at(-1) ?? 0)) / arrivals.arrivals;
  const grows = slope.interval.low > 0 && growth > thresholds.backlogGrowthOfArrivals;
  const values = { perSecond: slope.slope, growth };
  return result('backlog', grows ? 'warn' : 'pass', grows ? 'grows' : 'stable', values);
};
