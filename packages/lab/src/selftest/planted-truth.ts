import { type ArrivalProcess, Arrivals } from '@escala/model';

/** What the stalling server is made to do: a fixed service, and freezes in which it does nothing at all. Times in µs. */
export interface PlantedStall {
  readonly serviceUs: number;
  readonly freezeUs: number;
  /** When the freezes begin, counted from the first request that it gets. */
  readonly freezesAtUs: readonly number[];
}

interface TruthUs {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/**
 * The latencies that a right client must report, from the schedule and the planted stall alone. A request that arrives
 * in a freeze waits for its end and is then served; one that is being served when a freeze begins is answered at its end.
 */
export function plantedTruth(process: ArrivalProcess, stall: PlantedStall): TruthUs {
  const arrivals = new Arrivals(process);
  const firstUs = arrivals.dueUs(0) ?? 0;
  const latencies: number[] = [];
  for (let i = 0, dueUs = arrivals.dueUs(0); dueUs !== undefined; dueUs = arrivals.dueUs(++i)) {
    latencies.push(answeredAtUs(dueUs, firstUs, stall) - dueUs);
  }
  latencies.sort((a, b) => a - b);
  const nearestRank = (share: number) =>
    Math.round(latencies[Math.ceil(share * latencies.length - 1e-9) - 1] ?? 0);
  return { p50: nearestRank(0.5), p95: nearestRank(0.95), p99: nearestRank(0.99) };
}

function answeredAtUs(
  arrivedUs: number,
  firstUs: number,
  { serviceUs, freezeUs, freezesAtUs }: PlantedStall,
): number {
  const afterFreeze = (atUs: number) => {
    const freeze = freezesAtUs.find((from) => atUs >= firstUs + from && atUs < firstUs + from + freezeUs);
    return freeze === undefined ? atUs : firstUs + freeze + freezeUs;
  };
  return afterFreeze(afterFreeze(arrivedUs) + serviceUs);
}
