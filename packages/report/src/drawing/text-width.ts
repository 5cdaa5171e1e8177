import { fontSize } from './plot.ts';

/**
 * Widths of DejaVu Sans Condensed in shares of the font size, by kind of character: enough to know whether a label
 * fits; nothing is placed by it to the pixel.
 */
const kinds: readonly (readonly [RegExp, number])[] = [
  [/[iljIt.,:;'|!()[\]/ ]/, 0.33],
  [/[mwMW%@]/, 0.84],
  [/[A-Z]/, 0.62],
];
const otherwise = 0.55;

/** Width of `text` in CSS pixels at `size`. */
export function textWidth(text: string, size = fontSize): number {
  let width = 0;
  for (const character of text) width += kinds.find(([pattern]) => pattern.test(character))?.[1] ?? otherwise;
  return width * size;
}

/** `text` in lines no wider than `width` pixels, broken at spaces; a longer word stays whole. */
export function wrapText(text: string, width: number, size = fontSize): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, size) <= width)
      lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}
