/** Enough halvings to bring any bracket of doubles down to neighbouring numbers. */
const STEPS_MAX = 2200;

/**
 * The t ≥ 0 at which a tail probability that falls from `tail(0)` to 0 has come down to `p`.
 * Doubling finds a bracket, then Newton steps on ln tail, with bisection wherever one would leave the bracket.
 * @param density −d tail / dt, so that the derivative of ln tail is −density/tail.
 */
export function invertTail(p: number, tail: (t: number) => number, density: (t: number) => number): number {
  let low = 0;
  let high = 1;
  while (tail(high) > p && high < 1e300) {
    low = high;
    high *= 2;
  }
  let t = (low + high) / 2;
  for (let i = 0; i < STEPS_MAX; i++) {
    const value = tail(t);
    if (value > p) low = t;
    else high = t;
    const newton = t + (Math.log(value / p) * value) / density(t);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - t) <= Math.abs(t) * 2 ** -52 || next === low || next === high) return next;
    t = next;
  }
  return t;
}
