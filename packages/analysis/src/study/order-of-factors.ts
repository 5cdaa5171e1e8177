import type { Cell } from '@escala/model';

/** Factors whose levels are numbers, in the order in which cells vary: the last one changes first. */
const numbers = [
  'messages',
  'replicas',
  'clients',
  'ratePerSecond',
  'durationUs',
  'payloadBytes',
  'thinkTimeUs',
  'clientsPerPod',
] as const satisfies readonly (keyof Cell)[];

/** Compares two cells for tables and curves; as text a rate of 1200 would stand before one of 200. */
export function inOrderOfFactors(a: Cell, b: Cell): number {
  const differing = numbers.find((factor) => a[factor] !== b[factor]);
  return (
    compareText(a.system, b.system) ||
    (differing ? (a[differing] ?? 0) - (b[differing] ?? 0) : 0) ||
    compareText(a.key, b.key)
  );
}

/** By code units: the order of a language would depend on the machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
