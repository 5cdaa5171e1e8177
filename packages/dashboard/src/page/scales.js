/** Round numbers from 0 that cover `most`: 1, 2 or 5 times a power of ten apart. @param {number} most @param {number} count about how many */
export function linearTicks(most, count) {
  if (!(most > 0)) return [0, 1];
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? 10 * power;
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, i) => i * step);
}

/** 1, 2 and 5 times the powers of ten that enclose the values; only the powers where these are many. @param {number} least above 0 @param {number} most */
export function logTicks(least, most) {
  const decades = Math.log10(most / least);
  const factors = decades > 3 ? [1] : [1, 2, 5];
  const [from, to] = [Math.floor(Math.log10(least) - 1e-9), Math.ceil(Math.log10(most) + 1e-9)];
  const ticks = [];
  for (let power = from; power <= to; power++) for (const factor of factors) ticks.push(factor * 10 ** power);
  const first = ticks.findLastIndex((tick) => tick <= least);
  const last = ticks.findIndex((tick) => tick >= most);
  return ticks.slice(Math.max(0, first), Math.max(last, first + 1) + 1);
}

/** Seconds that a clock face would show: steps of 1, 5, 15, 30 s, minutes, hours. @param {number} most @param {number} count */
export function timeTicks(most, count) {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];
  const step = steps.find((seconds) => most / seconds <= count) ?? Math.ceil(most / count / 86400) * 86400;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
}
