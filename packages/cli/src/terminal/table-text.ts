import type { TableSource } from '@escala/analysis';
import { type Fillings, fill, type Language, type Sentence, sentences } from '@escala/model';

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
