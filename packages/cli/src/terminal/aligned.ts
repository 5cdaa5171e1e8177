import type { TableSource } from '@escala/analysis';
import { COLUMNS, type Fillings, fill, type Language, type Sentence, sentences } from '@escala/model';

/** Between two columns, and where the table would be wider than a terminal. */
const [GAP, GAP_NARROW] = ['  ', ' '];
/** So much of a name stays, also where the table is then wider than a terminal: `lin…` would name nothing. */
const NAME_COLUMNS_MIN = 10;

/**
 * Rows under each other: columns of `toLeft` to the left, others, which hold numbers, to the right. Where 80 columns are too few,
 * gaps become narrow, then the column `optional` is left out, then the first column is cut.
 */
export function aligned(
  rows: readonly (readonly string[])[],
  toLeft: readonly number[],
  optional = -1,
): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const widthWith = (gap: string) => widths.reduce((sum, width) => sum + width + gap.length, -gap.length);
  const gap = widthWith(GAP) > COLUMNS ? GAP_NARROW : GAP;
  const overWide = widthWith(gap) - COLUMNS;
  if (overWide > 0 && optional >= 0) {
    const without = rows.map((row) => row.filter((_, i) => i !== optional));
    return aligned(
      without,
      toLeft.map((i) => (i > optional ? i - 1 : i)),
    );
  }
  const first = widths[0] ?? 0;
  if (overWide > 0) widths[0] = Math.max(Math.min(first, NAME_COLUMNS_MIN), first - overWide);
  return rows.map((row) =>
    row
      .map((cell, i) => {
        const width = widths[i] ?? 0;
        const text = cell.length > width ? `${cell.slice(0, width - 1)}…` : cell;
        return toLeft.includes(i) ? text.padEnd(width) : text.padStart(width);
      })
      .join(gap)
      .trimEnd(),
  );
}

/** How a table was read: its dialect in one sentence, and which cells are empty in another. */
export function describeSource(source: TableSource, language: Language): string[] {
  const { delimiter, decimal, encoding, compression, comments, holes } = source;
  const say = (sentence: Sentence, values: Fillings = {}) => fill(sentence, language, values);
  const lines = [
    say(words.dialect, {
      delimiter: words[delimiter],
      decimal: decimal ? say(words.decimal, { mark: decimal }) : '',
      encoding: encoding.toUpperCase(),
      compression: compression ? `, ${compression}` : '',
    }),
  ];
  if (comments > 0) lines.push(say(words.comments, { comments }));
  if (holes.count > 0) {
    const places = holes.first.map((hole) =>
      say(words.place, { line: String(hole.line), column: hole.column }),
    );
    const more = holes.count > places.length ? ', …' : '';
    lines.push(say(words.holes, { count: holes.count, places: places.join(', ') + more }));
  }
  return lines;
}

const words = sentences.cli.tableText;
