import { performance } from 'node:perf_hooks';

/**
 * Whole microseconds since the Unix epoch, read from the monotonic clock, which was anchored to the wall clock once,
 * when the process started. It never steps back; between processes it differs by the error of their anchors.
 */
export interface Clock {
  nowUs(): number;
}

const originUs = Math.round(performance.timeOrigin * 1_000);

/** The clock of this process. */
export const systemClock: Clock = {
  nowUs: () => originUs + Math.floor(performance.now() * 1_000),
};
