import { type CellResult, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { dotEntry, hollowEntry } from '../../drawing/legend.ts';
import { verdictMarks } from '../../drawing/marks.ts';
import { colours, verdictStyle } from '../../drawing/palette.ts';
import { hasMoreToGive, isMachineLimited } from '../../study/scaling-curve.ts';

const figureWords = sentences.report.figures;

/** What signs at points mean, in the legend and in the caption, where cells of a figure have them. */
const signs = [
  {
    of: hasMoreToGive,
    entry: dotEntry(figureWords.legendCensored, colours.ink, 'arrow'),
    said: figureWords.signMore,
  },
  {
    of: isMachineLimited,
    entry: hollowEntry(figureWords.legendFull, colours.ink, 'square'),
    said: figureWords.signFull,
  },
  {
    of: ({ verdict }: CellResult) => verdict === 'SUSPECT',
    entry: hollowEntry(figureWords.legendSuspect, verdictStyle.SUSPECT.colour, 'circle'),
    said: figureWords.signSuspect,
  },
  {
    of: ({ verdict }: CellResult) => verdict === 'INVALID',
    entry: dotEntry(figureWords.legendInvalid, verdictStyle.INVALID.colour, 'times'),
    said: figureWords.signInvalid,
  },
] as const;

export const signsOf = (cells: readonly CellResult[]) => signs.filter(({ of }) => cells.some(of));

export function signMarks(cells: readonly CellResult[], points: Plot.DotOptions): Plot.Markish[] {
  const at = { ...points, stroke: colours.ink };
  const arrow = { length: 20, anchor: 'start', dy: -4, strokeWidth: 1.1 } as const;
  return [
    Plot.vector(cells.filter(hasMoreToGive), { ...at, ...arrow } as Plot.VectorOptions),
    Plot.dot(cells.filter(isMachineLimited), { ...at, symbol: 'square', r: 6 }),
    ...verdictMarks(cells, at),
  ];
}
