/**
 * Whole microseconds since the Unix epoch, read from the monotonic clock, which is anchored to the wall clock once, at
 * the first reading. It never steps back; between processes it differs by the error of their anchors.
 */
export interface Clock {
  nowUs(): number;
}

/** An anchor as good as this is taken; on a busy machine, the best of so many. */
const ANCHOR_ERROR_MS = 0.02;
const ANCHORS_MAX = 10;

/** The clock of this process. */
export const systemClock: Clock = {
  nowUs: () => {
    originUs ??= findOriginUs();
    return originUs + Math.floor(performance.now() * 1_000);
  },
};

let originUs: number | undefined;

/**
 * The wall clock's time at the zero of the monotonic one. The wall clock is told in milliseconds, so that it is known
 * exactly at the instant in which it steps. A process that loses its processor around a step misses the instant: the two
 * readings of the monotonic clock then lie far apart. (`performance.timeOrigin` is read once, and may be off by that.)
 */
function findOriginUs(): number {
  let best = { errorMs: Number.POSITIVE_INFINITY, originMs: 0 };
  for (let i = 0; i < ANCHORS_MAX && best.errorMs > ANCHOR_ERROR_MS; i++) {
    // The step lies between two readings of the wall clock, so also between the readings around both.
    let [earlier, before] = [0, performance.now()];
    const wallBefore = Date.now();
    let wall = wallBefore;
    while (wall === wallBefore) {
      [earlier, before] = [before, performance.now()];
      wall = Date.now();
    }
    const errorMs = (performance.now() - earlier) / 2;
    if (errorMs < best.errorMs) best = { errorMs, originMs: wall - earlier - errorMs };
  }
  return Math.round(best.originMs * 1_000);
}
