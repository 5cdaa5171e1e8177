import { existsSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import {
  type ComparedCell,
  type Comparison,
  comparedLevels,
  EscalaError,
  failedRequests,
  fillEach,
  type Results,
  sentences,
} from '@escala/model';
import { openAnalysis } from './analysis.ts';
import { type ComparedSide, comparablePairs } from './compare/comparable-cells.ts';
import { compareCells } from './compare/compare-cells.ts';
import { type EnvironmentDifference, environmentDifferences } from './compare/environment-differences.ts';
import { type ComparisonPower, comparisonPower } from './compare/power.ts';
import { analyzeOrigin } from './origin/analyze-origin.ts';
import type { OriginSource } from './origin/load-origin.ts';
import type { Finding } from './origin/origin-findings.ts';
import { thresholds } from './thresholds.ts';

interface CompareOptions {
  readonly metric?: Comparison['metric'];
  readonly margin?: number;
  /** Also the chance to find a slowdown, by rounds. */
  readonly power?: boolean;
}

type Factors = Comparison['cells'][number]['factors'];

interface SideDoubts {
  readonly trials: number;
  readonly suspect: number;
  readonly invalid: number;
  readonly requests: number;
  readonly failed: number;
}

/** What a reader must know beside the cells. */
export interface RunComparison extends Comparison {
  /** Of two files only; `sources`: what was taken for what in each. */
  readonly conclusions?: readonly Finding[];
  readonly sources?: readonly (OriginSource & { readonly file: string })[];
  /** Planned trials of either run that are not on disk: it goes on, or was interrupted. */
  readonly trialsMissing?: { readonly a: number; readonly b: number };
  /** Not of two files: how far the trials of each side can be believed, and that both sides are the same ones. */
  readonly doubts?: { readonly a: SideDoubts; readonly b: SideDoubts };
  readonly isSame?: boolean;
  /** Not of two files: where the machines, or the programs that were measured, are not the same. */
  readonly differences?: readonly EnvironmentDifference[];
  /** Where it was asked for; null where no cell has two rounds on each side. */
  readonly power?: ComparisonPower | null;
  /** Cells that only one side has: how many, and their factors. */
  readonly cellsUnmatched?: number;
  readonly onlyIn?: { readonly a: readonly Factors[]; readonly b: readonly Factors[] };
}

/**
 * Compares two sides: run folders, `RUN#system`, or two CSV files in the older form. Rounds of equal number pair up only
 * when both sides are systems of one run. Of files there are `conclusions` over all scenarios, as one decides nothing.
 * @throws EscalaError DATA_INVALID when a run has several systems and none is named, or nothing is common.
 */
export async function compareRuns(
  a: string,
  b: string,
  options: CompareOptions = {},
): Promise<RunComparison> {
  const metric = options.metric ?? 'throughput';
  const margin = options.margin ?? thresholds.comparisonMargin;
  const [one, other] = [await readSide(a), await readSide(b)];
  if (one.kind === 'table' && other.kind === 'table') return compareTables(one.file, other.file, margin);
  if (one.kind === 'table' || other.kind === 'table') {
    throw new EscalaError('DATA_INVALID', { where: one.kind === 'table' ? a : b, detail: says.mixed });
  }
  await using analysis = await openAnalysis();
  const [{ folder: folderA, system: systemA }, { folder: folderB, system: systemB }] = [one, other];
  const resultsA = await analysis.analyzeRun(folderA);
  const isOneRun = (await realpath(folderA)) === (await realpath(folderB));
  const resultsB = isOneRun ? resultsA : await analysis.analyzeRun(folderB);
  const side = (results: Results, name: string | undefined, given: string): ComparedSide & Results => ({
    ...results,
    system: chooseSystem(results, name, given),
  });
  const sides = [side(resultsA, systemA, a), side(resultsB, systemB, b)] as const;
  const isSame = isOneRun && sides[0].system === sides[1].system;
  const paired = isOneRun && !isSame;
  const pairs = comparablePairs(...sides, metric);
  const compared = compareCells(pairs, { metric, margin, paired });
  if (compared.cells.length === 0) throw nothingCommon(a, b);
  const matched = new Set(compared.cells.map(({ factors }) => JSON.stringify(factors)));
  const [onlyA = [], onlyB = []] = sides.map(({ cells, system }) =>
    cells
      .filter(({ cell }) => cell.system === system)
      .map(({ cell }) => comparedLevels(cell))
      .filter((factors) => !matched.has(JSON.stringify(factors))),
  );
  return {
    ...{ a, b, metric, margin, ...compared },
    trialsMissing: { a: resultsA.missingTrials.length, b: resultsB.missingTrials.length },
    cellsUnmatched: onlyA.length + onlyB.length,
    onlyIn: { a: onlyA, b: onlyB },
    differences: environmentDifferences(...sides),
    doubts: { a: doubtsOf(sides[0]), b: doubtsOf(sides[1]) },
    isSame,
    ...(options.power && { power: comparisonPower(pairs, { metric, margin, paired }) }),
  };
}

function doubtsOf({ cells, trials, system }: ComparedSide): SideDoubts {
  const keys = new Set(cells.filter(({ cell }) => cell.system === system).map(({ cell }) => cell.key));
  const its = trials.filter(({ cell }) => keys.has(cell));
  const count = (verdict: string) => its.filter((trial) => trial.verdict === verdict).length;
  const sum = (of: (trial: (typeof its)[number]) => number) => its.reduce((all, one) => all + of(one), 0);
  return {
    ...{ trials: its.length, suspect: count('SUSPECT'), invalid: count('INVALID') },
    requests: sum(({ counts }) => counts.requests),
    failed: sum(({ counts }) => failedRequests(counts)),
  };
}

async function compareTables(a: string, b: string, margin: number): Promise<RunComparison> {
  const { files, comparison: cells, conclusions, onlyIn } = await analyzeOrigin([a, b]);
  if (cells.length === 0) throw nothingCommon(a, b);
  const [one, other] = files;
  return {
    a: one?.name ?? a,
    b: other?.name ?? b,
    ...{ metric: 'session', margin, cells, overall: null, conclusions },
    cellsUnmatched: onlyIn.a.length + onlyIn.b.length,
    onlyIn: {
      a: onlyIn.a.map((scenario) => ({ ...scenario })),
      b: onlyIn.b.map((scenario) => ({ ...scenario })),
    },
    sources: files.map(({ file, source }) => ({ file, ...source })),
  };
}

function nothingCommon(a: string, b: string): EscalaError {
  return new EscalaError('DATA_INVALID', { where: `${a}, ${b}`, detail: says.nothing });
}

const says = sentences.analysis.compareRuns;

function chooseSystem({ experiment }: Results, name: string | undefined, given: string): string {
  const names = experiment.systems.map((system) => system.name);
  if (name !== undefined && names.includes(name)) return name;
  if (name === undefined && names.length === 1) return names[0] ?? '';
  const detail =
    name === undefined
      ? fillEach(says.several, { names: names.join(', ') })
      : fillEach(says.unknown, { name, names: names.join(', ') });
  throw new EscalaError('DATA_INVALID', { where: given, detail });
}

/** Cells of which B has no round left, because too many requests failed, and A has some. */
export function failingInSecond({ cells }: Comparison): Comparison['cells'] {
  return cells.filter(
    ({ failing, roundsA, roundsB }) => failing && failing.b > 0 && roundsB === 0 && roundsA > 0,
  );
}

/** Whether a cell that differs does so by an estimated ratio beyond the margin. Ranks, which have none, are compared beyond it only. */
export function isBeyondMargin({ ratio }: ComparedCell, { margin }: Pick<Comparison, 'margin'>): boolean {
  return ratio === null || ratio < 1 - margin || ratio > 1 / (1 - margin);
}

/** Cells in which B is slower, by a ratio beyond the margin. */
export function slowerBeyondMargin({ cells, margin }: Comparison): Comparison['cells'] {
  return cells.filter((cell) => cell.verdict === 'slower' && isBeyondMargin(cell, { margin }));
}

/** One side of a comparison: a table, or the folder of a run with a system of it. */
type GivenSide =
  | { readonly kind: 'table'; readonly file: string }
  | { readonly kind: 'run'; readonly folder: string; readonly system: string | undefined };

/**
 * Reads `RUN#system`, a folder or a table. A path that is there is taken as it is, whatever characters it has; only then is the
 * last # a separator.
 */
export async function readSide(given: string): Promise<GivenSide> {
  if (await isTable(given)) return { kind: 'table', file: given };
  const at = given.lastIndexOf('#');
  if (at < 0 || existsSync(given)) return { kind: 'run', folder: given, system: undefined };
  return { kind: 'run', folder: given.slice(0, at), system: given.slice(at + 1) };
}

/** Whether a person gave a table and not the folder of a run: also a pipe, and a file that is not there but is called like one. */
export async function isTable(given: string): Promise<boolean> {
  if (given === '-') return true;
  const found = await stat(given).catch(() => null);
  return found ? !found.isDirectory() : /\.(csv|tsv|txt)(\.gz)?$/i.test(given);
}
