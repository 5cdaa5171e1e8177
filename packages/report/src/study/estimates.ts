import { type Estimate, fill, type Interval, type Language, sentences } from '@escala/model';
import type { Bar } from '../drawing/marks.ts';
import type { Range } from '../tables/table.ts';

const figureWords = sentences.report.figures;

export const usPerMs = 1000;
export const usPerSecond = 1e6;

/** Milliseconds for the eye; the data have µs. */
export function ms(us: number | null | undefined): number | null {
  return us === null || us === undefined ? null : us / usPerMs;
}

/** The median of an estimate as a coordinate; NaN is not drawn. */
export function medianOf(estimate: Estimate | null, unit = 1): number {
  return (estimate?.value ?? Number.NaN) / unit;
}

/** Intervals of what was estimated at these points; those without one are left out. */
export function barsOf<Point>(
  points: readonly Point[],
  x: (point: Point) => number,
  of: (point: Point) => Estimate | null,
  unit = 1,
): Bar[] {
  return points.flatMap((point) => {
    const interval = of(point)?.ci95;
    return interval ? [{ x: x(point), ...rangeOf(interval, unit) }] : [];
  });
}

/** The limits of an interval in another unit; null is an unbounded side. */
export function rangeOf({ low, high }: Interval, unit: number): Range {
  const scaled = (limit: number | null) => (limit === null ? null : limit / unit);
  return { low: scaled(low), high: scaled(high) };
}

/** Sample size and interval method for captions, as the estimates themselves say; `shown` where intervals are drawn. */
export function sampleText(
  estimates: readonly (Estimate | null)[],
  language: Language,
  shown: 'drawn' | 'in the table' = 'drawn',
): string {
  const known = estimates.filter((estimate) => estimate !== null);
  const rounds = known.map(({ n }) => n);
  const [fewest, most] = [Math.min(...rounds), Math.max(...rounds)];
  if (most <= 1 || known.every(({ ci95 }) => ci95 === null)) {
    return fill(most <= 1 ? figureWords.sampleOne : figureWords.sampleNone, language, {
      n: rangeText(fewest, most),
    });
  }
  return fill(shown === 'drawn' ? figureWords.sampleMany : figureWords.sampleInTable, language, {
    n: rangeText(fewest, most),
    method: intervalMethods(known, language),
  });
}

/** How the intervals of these estimates were made, as they say themselves; empty where none has one. */
export function intervalMethods(estimates: readonly (Estimate | null)[], language: Language): string {
  const methods = new Set(estimates.flatMap((estimate) => estimate?.ci95?.method ?? []));
  return [...methods].map((method) => methodText(method, language)).join(', ');
}

/** `5`, or `3–5` where cells have lost rounds. */
export function rangeText(fewest: number, most: number): string {
  return fewest === most ? String(most) : `${fewest}–${most}`;
}

/** Names of interval methods as results.json has them. An unknown one is shown as it is. */
const methodNames = sentences.report.methods;

export function methodText(method: string, language: Language): string {
  return Object.hasOwn(methodNames, method)
    ? methodNames[method as keyof typeof methodNames][language]
    : method;
}
