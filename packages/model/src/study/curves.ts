import type { CurveFactors } from './estimates.ts';
import type { Cell } from './experiment.ts';
import {
  type CurveKey,
  type FactorKey,
  factorKeys,
  factors,
  isHeld,
  isOpen,
  type Levels,
  pick,
} from './factors.ts';

type ComparedLevels = Readonly<Record<string, string | number | boolean>>;

/** The levels that a comparison tells of a cell: of every factor but the system, where they are not the usual ones. */
export function comparedLevels(cell: Cell): ComparedLevels {
  return pick(cell, (key) => {
    const { isOpenOnly, usual } = factors[key];
    return key !== 'system' && (!isOpenOnly || isOpen(cell)) && cell[key] !== usual;
  }) as ComparedLevels;
}

/** The levels of the cell that `comparedLevels` told. */
export function levelsOfCompared(levels: ComparedLevels): Levels {
  const usual = factorKeys.flatMap((key) => {
    const level = factors[key].usual;
    return level === undefined ? [] : [[key, level]];
  });
  return { ...Object.fromEntries(usual), ...levels };
}

/** What results call a curve. Older ones name no factors. */
export interface Curve {
  readonly system: string;
  readonly messages: number;
  readonly factors?: CurveFactors;
}

/** The curve that a cell lies on. Cells of one curve differ in replicas and load alone. */
export function curveOf(cell: Cell): Required<Curve> {
  const { system, messages } = cell;
  const others = pick(cell, (key) => isHeld(key) && (!factors[key].isOpenOnly || isOpen(cell)));
  return { system, messages, factors: others as Levels & CurveFactors };
}

/** A text that the names of two curves share where they are the same. */
export const curveKey = ({ system, messages, factors: others }: Curve) =>
  JSON.stringify([system, messages, others]);

/** Whether a result is of the curve that a cell lies on, as far as it names its factors. */
export function isOfCurve(result: Curve, cell: Cell): boolean {
  const { system, messages, factors: others } = curveOf(cell);
  return (
    result.system === system &&
    result.messages === messages &&
    Object.entries(result.factors ?? {}).every(([key, level]) => others[key as CurveKey] === level)
  );
}

/** Messages tell curves apart, so they stand before what varies along one. */
const numbers: readonly FactorKey[] = [
  'messages',
  ...factorKeys.filter((key) => factors[key].isNumber && key !== 'messages'),
];

/** Compares two cells for tables and curves; as text a rate of 1200 would stand before one of 200. */
export function inOrderOfFactors(a: Cell, b: Cell): number {
  const differing = numbers.find((key) => a[key] !== b[key]);
  return (
    compareText(a.system, b.system) ||
    (differing ? Number(a[differing] ?? 0) - Number(b[differing] ?? 0) : 0) ||
    compareText(a.key, b.key)
  );
}

/** By code units: the order of a language would depend on the machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
