import type { TableSource } from '@escala/analysis';
import { type Fillings, fill, type Language, type Sentence } from '@escala/model';

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

const words = {
  dialect: {
    en: 'columns separated by {delimiter}{decimal}, {encoding}{compression}',
    'pt-BR': 'colunas separadas por {delimiter}{decimal}, {encoding}{compression}',
  },
  ',': { en: 'commas', 'pt-BR': 'vírgulas' },
  ';': { en: 'semicolons', 'pt-BR': 'pontos e vírgulas' },
  '\t': { en: 'tabs', 'pt-BR': 'tabulações' },
  '|': { en: 'bars', 'pt-BR': 'barras' },
  ' ': { en: 'blanks', 'pt-BR': 'espaços' },
  decimal: { en: ', decimals after “{mark}”', 'pt-BR': ', decimais depois de “{mark}”' },
  comments: {
    en: '{comments} {comments?line that begins|lines that begin} with # {comments?was|were} left out',
    'pt-BR':
      '{comments} {comments?linha que começa|linhas que começam} com # {comments?ficou|ficaram} de fora',
  },
  place: { en: 'line {line} ({column})', 'pt-BR': 'linha {line} ({column})' },
  holes: {
    en: '{count} {count?cell is|cells are} empty and counted nowhere: {places}',
    'pt-BR':
      '{count} {count?célula está vazia e não conta|células estão vazias e não contam} em nada: {places}',
  },
} as const satisfies Record<string, Sentence>;
