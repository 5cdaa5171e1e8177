import { stripVTControlCharacters } from 'node:util';

/** The width of a terminal where it is not known, and of tables and help in print. */
export const COLUMNS = 80;
/** Narrower than this nothing is readable. */
const COLUMNS_MIN = 17;

/**
 * Text of which no line is wider than `columns`, broken between words; what goes on keeps the indent of its line. A word
 * that is wider stays whole, and so does the row of a table, whose columns would be lost.
 */
export function wrap(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, Math.max(COLUMNS_MIN, columns)))
    .join('\n');
}

function wrapLine(line: string, columns: number): string {
  const indent = /^ */.exec(line)?.[0] ?? '';
  const isRow = /\S {2,}\S/.test(line);
  if (isRow || widthOf(line) <= columns) return line;
  const lines: string[] = [];
  for (const word of line.trim().split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`) <= columns)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(indent + word);
  }
  return lines.join('\n');
}

const widthOf = (text: string) => [...stripVTControlCharacters(text)].length;
