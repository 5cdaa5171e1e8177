/**
 * Behind by less than this, all that is due is sent at once: it is how finely a timer wakes, and not a delay.
 */
const SLACK_US = 2_000;
/**
 * Further behind than that, the schedule is followed at this many times its speed until it is caught up. More would
 * drive a load at half of what the system can do close to its limit, where the delay would grow.
 */
export const CATCH_UP_SPEED = 1.5;

/** Where a pacer stands: when the last arrival was due, and when it might go. µs after the start. */
export interface Pace {
  readonly dueUs: number;
  readonly goUs: number;
}

/**
 * When the next arrival may go, due at `dueUs`: on time as long as the load is on time. After a delay the gaps of the
 * schedule are shortened, not dropped, so that catching up makes no burst that the schedule does not have. A pure
 * function of the schedule and of what was sent: `sentUs` is when the arrival before really went.
 */
export function nextPace(last: Pace, sentUs: number, dueUs: number): Pace {
  const lastUs = sentUs - last.goUs > SLACK_US ? sentUs : last.goUs;
  const goUs = Math.max(dueUs, lastUs + (dueUs - last.dueUs) / CATCH_UP_SPEED);
  return { dueUs, goUs };
}
