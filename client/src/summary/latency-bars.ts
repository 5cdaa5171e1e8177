import type { ExactCounts } from '../measure/exact-counts.ts';

const BARS_MAX = 10;
const BAR_WIDTH = 40;

/** A small histogram of latencies in steps of powers of two: lower limit in µs, count, and a bar of plain characters. */
export function latencyBars(counts: ExactCounts): { fromUs: number; count: number; bar: string }[] {
  const byPower = new Map<number, number>();
  for (const [us, count] of counts.entries()) {
    const power = Math.floor(Math.log2(Math.max(1, us)));
    byPower.set(power, (byPower.get(power) ?? 0) + count);
  }
  const powers = [...byPower.keys()].sort((a, b) => a - b);
  const [lowest = 0, highest = 0] = [powers[0], powers.at(-1)];
  // Wider steps where the latencies span more powers than there are bars.
  const step = Math.ceil((highest - lowest + 1) / BARS_MAX);
  const bars: { fromUs: number; count: number }[] = [];
  for (let from = lowest; from <= highest; from += step) {
    let count = 0;
    for (let power = from; power < from + step; power++) count += byPower.get(power) ?? 0;
    bars.push({ fromUs: 2 ** from, count });
  }
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return bars.map((bar) => ({ ...bar, bar: '#'.repeat(Math.ceil((bar.count / most) * BAR_WIDTH)) }));
}
