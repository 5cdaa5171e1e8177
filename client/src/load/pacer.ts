/**
 * A load that is late by less than this sends all due messages at once: a timer wakes no more finely.
 */
const SLACK_US = 2_000;
/**
 * A load that is later than that follows the schedule at this many times its speed until it has caught up. A higher speed
 * would bring a load at half of the system's capacity close to that capacity, where delays grow by themselves.
 */
const CATCH_UP_SPEED = 1.5;

/** Where a pacer stands: when the last arrival was due, and when it might go. µs after the start. */
export interface Pace {
  readonly dueUs: number;
  readonly goUs: number;
}

/**
 * When the next arrival may go, due at `dueUs`: on time as long as the load is on time. After a delay the gaps of the
 * schedule are shortened, not dropped, so that catching up makes no burst that the schedule does not have. A pure
 * function of the schedule and of the sends: `sentUs` is when the arrival before really went.
 */
export function nextPace(last: Pace, sentUs: number, dueUs: number): Pace {
  const lastUs = sentUs - last.goUs > SLACK_US ? sentUs : last.goUs;
  const goUs = Math.max(dueUs, lastUs + (dueUs - last.dueUs) / CATCH_UP_SPEED);
  return { dueUs, goUs };
}
