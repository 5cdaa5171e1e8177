import { createReadStream } from 'node:fs';
import { EscalaError, fillEach, type Sentence } from '@escala/model';

/**
 * DuckDB's error about a CSV file as ours: the file, the line, and what is wrong with it, without its advice on options
 * that nobody here can set. Other errors come back unchanged.
 */
export async function explainCsvError(error: unknown): Promise<unknown> {
  const text = error instanceof Error ? error.message : '';
  const file = /^\s*file = (.+)$/m.exec(text)?.[1];
  if (file === undefined) return error;
  const line = /CSV Error on Line: (\d+)/.exec(text)?.[1];
  const where = line === undefined ? await mixedLineEnd(file) : `${file}:${line}`;
  return new EscalaError('DATA_INVALID', { where, detail: describe(text) }, { cause: error });
}

function describe(text: string): Sentence {
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text);
  if (counts) return fillEach(says.cells, { found: Number(counts[2]), expected: Number(counts[1]) });
  const cell = /Error when converting column "(.+?)"\. Could not convert string "(.*?)" to '(.+?)'/s.exec(
    text,
  );
  if (cell) {
    const [, column = '', value = '', type = ''] = cell;
    return fillEach(says.kind, { column, value, kind: kindOf(type) });
  }
  if (text.includes('unterminated quote')) return says.quote;
  if (text.includes('Invalid unicode')) return says.unicode;
  if (text.includes('invalid state')) return says.state;
  return says.other;
}

function kindOf(type: string): Sentence {
  const words = /^ENUM\((.*)\)$/.exec(type)?.[1];
  if (type.startsWith('DECIMAL')) return says.number;
  return words === undefined ? says.integer : fillEach(says.word, { words: words.replaceAll("'", '') });
}

const says = {
  cells: {
    en: 'the row has {found} {found?cell|cells} and the header {expected}',
    'pt-BR': 'a linha tem {found} {found?campo|campos} e o cabeçalho {expected}',
  },
  kind: {
    en: 'column {column} holds "{value}", which is no {kind}',
    'pt-BR': 'a coluna {column} contém "{value}", que não é {kind}',
  },
  number: { en: 'number', 'pt-BR': 'um número' },
  integer: { en: 'whole number', 'pt-BR': 'um número inteiro' },
  word: { en: 'word of {words}', 'pt-BR': 'uma palavra entre {words}' },
  quote: {
    en: 'a quote is opened and never closed',
    'pt-BR': 'uma aspa é aberta e nunca fechada',
  },
  unicode: { en: 'the row is not UTF-8 text', 'pt-BR': 'a linha não é texto UTF-8' },
  other: {
    en: 'from here on it is no CSV that Escala can read',
    'pt-BR': 'daqui em diante não é um CSV que o Escala saiba ler',
  },
  state: {
    en: 'the line ends differ from those above, or a quote stands inside a cell',
    'pt-BR': 'os fins de linha diferem dos anteriores, ou há uma aspa dentro de um campo',
  },
} as const satisfies Record<string, Sentence>;

/** DuckDB does not name the line here, so we look for the first whose end differs from the first line's. */
async function mixedLineEnd(file: string): Promise<string> {
  let line = 0;
  let first: boolean | undefined;
  let previous = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      if (byte === 10) {
        line += 1;
        first ??= previous === 13;
        if ((previous === 13) !== first) return `${file}:${line}`;
      }
      previous = byte;
    }
  }
  return file;
}
