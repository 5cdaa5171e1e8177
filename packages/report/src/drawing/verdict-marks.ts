import type { CellResult, Language } from '@escala/model';
import { sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import type { LegendEntry } from './legend.ts';
import { verdictStyle } from './palette.ts';

const figureWords = sentences.report.figures;

/** What is not VALID never looks as if it were: a cross over an INVALID cell, a ring around a SUSPECT one. */
export function verdictMarks(
  cells: readonly CellResult[],
  at: {
    readonly x: (cell: CellResult) => number;
    readonly y: (cell: CellResult) => number;
    readonly dx?: number;
  },
): Plot.Markish[] {
  const of = (verdict: CellResult['verdict']) => cells.filter((cell) => cell.verdict === verdict);
  return [
    Plot.dot(of('SUSPECT'), { ...at, r: 5, stroke: verdictStyle.SUSPECT.colour, strokeWidth: 1.2 }),
    Plot.dot(of('INVALID'), {
      ...at,
      symbol: 'times',
      r: 5,
      stroke: verdictStyle.INVALID.colour,
      strokeWidth: 2,
    }),
  ];
}

/** Their entries in the legend, where there are such cells. */
export function verdictLegend(cells: readonly CellResult[], language: Language): LegendEntry[] {
  const has = (verdict: CellResult['verdict']) => cells.some((cell) => cell.verdict === verdict);
  const entries: LegendEntry[] = [];
  if (has('SUSPECT')) {
    const { colour } = verdictStyle.SUSPECT;
    entries.push({ label: figureWords.legendSuspect[language], colour, symbol: 'circle', hollow: true });
  }
  if (has('INVALID')) {
    const { colour } = verdictStyle.INVALID;
    entries.push({ label: figureWords.legendInvalid[language], colour, symbol: 'times' });
  }
  return entries;
}
