import type { Chances, RunComparison } from '@escala/analysis';
import { fill, formatNumber, type Language, sentences } from '@escala/model';
import { aligned } from '../../../terminal/aligned.ts';
import { cellName, marginText, markdownTable, type TableForm } from './compare-table.ts';

const words = sentences.cli.comparisonPower;

/** The chance to find a slowdown: a row a cell, a column for the rounds that were done and for some more. */
export function describePower(
  { power, cells, margin }: RunComparison,
  language: Language,
  form: TableForm,
): string[] {
  if (power === undefined) return [];
  if (power === null) return [words.unknown[language]];
  const all = cells.map(({ factors }) => factors);
  const head = power.rounds.map((n, i) => fill(words[i === 0 ? 'roundsDone' : 'rounds'], language, { n }));
  const rowOf = (name: string, chances: Chances) => [
    name,
    ...chances.map((row) => chancesText(row, language)),
  ];
  const rows = [
    [words.slower[language], ...head],
    ...power.cells.map(({ factors, chances }) => rowOf(cellName(factors, all, language), chances)),
    ...(power.cells.length > 1 ? [rowOf(words.everywhere[language], power.everywhere)] : []),
  ];
  const slowdowns = `${power.slowdowns.map((share) => formatNumber(100 * share, language)).join(' · ')}\u00a0%`;
  return [
    fill(words.caption, language, { slowdowns, margin: marginText(margin, language) }),
    '',
    ...(form === 'markdown' ? markdownTable(rows, [0]) : aligned(rows, [0])),
    '',
    words.advice[language],
  ];
}

/** Per cent; what rounds to 0 or 100 is neither. */
const [LEAST, MOST] = [0.01, 0.99];

function chancesText(chances: readonly number[], language: Language): string {
  const text = (share: number) => formatNumber(100 * share, language, { maximumFractionDigits: 0 });
  const said = (chance: number) =>
    chance < LEAST ? `<${text(LEAST)}` : chance > MOST ? `>${text(MOST)}` : text(chance);
  return `${chances.map(said).join(' · ')}\u00a0%`;
}
