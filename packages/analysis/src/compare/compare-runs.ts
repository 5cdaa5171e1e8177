import { type Comparison, EscalaError, fillEach, type Results, type Sentence } from '@escala/model';
import { openAnalysis } from '../analysis.ts';
import { analyzeOrigin } from '../origin/analyze-origin.ts';
import type { Finding } from '../origin/origin-findings.ts';
import { thresholds } from '../thresholds.ts';
import { type ComparedSide, comparablePairs } from './comparable-cells.ts';
import { compareCells } from './compare-cells.ts';

export interface CompareOptions {
  readonly metric?: Comparison['metric'];
  readonly margin?: number;
}

/** What a reader must know beside the cells. */
export interface RunComparison extends Comparison {
  /** Of two files only. */
  readonly conclusions?: readonly Finding[];
  /** Planned trials of either run that are not on disk: it goes on, or was interrupted. */
  readonly trialsMissing?: { readonly a: number; readonly b: number };
  /** Cells that only one side has. */
  readonly cellsUnmatched?: number;
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
  if (isCsv(a) && isCsv(b)) {
    const { files, comparison, conclusions } = await analyzeOrigin([a, b]);
    const [one, other] = files;
    return {
      a: one?.name ?? a,
      b: other?.name ?? b,
      metric: 'session',
      margin,
      cells: comparison,
      overall: null,
      conclusions,
    };
  }
  await using analysis = await openAnalysis();
  const [folderA = '', systemA] = a.split('#');
  const [folderB = '', systemB] = b.split('#');
  const resultsA = await analysis.analyzeRun(folderA);
  const resultsB = folderA === folderB ? resultsA : await analysis.analyzeRun(folderB);
  const side = (results: Results, name: string | undefined, given: string): ComparedSide => ({
    ...results,
    system: chooseSystem(results, name, given),
  });
  const paired = folderA === folderB && a !== b;
  const sides = [side(resultsA, systemA, a), side(resultsB, systemB, b)] as const;
  const pairs = comparablePairs(...sides, metric);
  const compared = compareCells(pairs, { metric, margin, paired });
  if (compared.cells.length === 0) {
    throw new EscalaError('DATA_INVALID', {
      where: `${a}, ${b}`,
      detail: { en: 'they have no cell in common', 'pt-BR': 'não têm célula em comum' },
    });
  }
  const cells = sides.flatMap((one) => one.cells.filter(({ cell }) => cell.system === one.system));
  return {
    ...{ a, b, metric, margin, ...compared },
    trialsMissing: { a: resultsA.missingTrials.length, b: resultsB.missingTrials.length },
    cellsUnmatched: cells.length - 2 * pairs.length,
  };
}

const isCsv = (file: string) => /\.csv(\.gz)?$/.test(file);

const says = {
  several: {
    en: 'it has several systems ({names}); name one as RUN#system',
    'pt-BR': 'ela tem vários sistemas ({names}); indique um como EXECUÇÃO#sistema',
  },
  unknown: {
    en: 'it has no system "{name}"; it has {names}',
    'pt-BR': 'ela não tem sistema "{name}"; tem {names}',
  },
} as const satisfies Record<string, Sentence>;

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

/** Cells in which B is slower, by more than the margin. */
export function slowerBeyondMargin({ cells, metric, margin }: Comparison): Comparison['cells'] {
  return cells.filter(({ verdict, ratio }) => {
    if (verdict !== 'slower') return false;
    // Without a ratio ranks were compared, by which a cell is slower only beyond the margin.
    if (ratio === null) return true;
    return metric === 'throughput' ? ratio < 1 - margin : ratio > 1 / (1 - margin);
  });
}
