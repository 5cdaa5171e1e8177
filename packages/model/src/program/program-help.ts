import { fill, type Language, type Sentence, sentences } from '../sentences/sentences.ts';
import type { Option, OptionTable } from './option-table.ts';
import { clientOptions, serverOptions } from './options.ts';
import { version } from './run-program.ts';
import { COLUMNS, wrap } from './wrap.ts';

const said = sentences.model.programHelp;

interface ProgramHelp {
  readonly options: OptionTable;
  readonly summary: Sentence;
  readonly examples: Sentence;
}

const words = sentences.model.programHelp.words;

const programs = {
  server: {
    options: serverOptions,
    summary: said.programs.server.summary,
    examples: said.programs.server.examples,
  },
  client: {
    options: clientOptions,
    summary: said.programs.client.summary,
    examples: said.programs.client.examples,
  },
} as const satisfies Record<string, ProgramHelp>;

/** What a program prints in place of its work: its help for `--help`, its version for `--version`; else undefined. */
export function askedText(
  name: keyof typeof programs,
  argv: readonly string[],
  language: Language,
): string | undefined {
  if (argv.includes('--help') || argv.includes('-h')) return programHelp(name, language);
  return argv.includes('--version') || argv.includes('-V') ? `${version}\n` : undefined;
}

/** `--help` of the server or the client: usage, each option with its variable and default, whole examples. */
export function programHelp(name: keyof typeof programs, language: Language): string {
  const { options, summary, examples } = programs[name];
  const say = (sentence: Sentence, values = {}) => fill(sentence, language, values);
  return [
    say(words.usage, { name }),
    '',
    say(summary),
    '',
    ...optionLines(options, language),
    '',
    say(words.rule),
    '',
    say(examples),
    '',
  ].join('\n');
}

/** Two lines an option or more, so that they fit 80 columns: its names and default, then what it is and takes. */
function optionLines(table: OptionTable, language: Language): string[] {
  const say = (sentence: Sentence, values = {}) => fill(sentence, language, values);
  const flagged = Object.values(table).filter(({ flag }) => flag !== undefined);
  const heads = [say(words.flag), say(words.variable), say(words.fallback)];
  const rows = [heads, ...flagged.map(namesOf), ['-h, --help', '', ''], ['-V, --version', '', '']];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
  const [head = '', ...names] = lines;
  const says = [
    ...flagged.map(({ doc, allowed, isSwitch }) => (isSwitch ? say(doc) : `${say(doc)} (${say(allowed)})`)),
    say(words.help),
    say(words.version),
  ];
  return [head, ...names.flatMap((line, i) => [line, wrap(`      ${says[i]}`, COLUMNS)])];
}

function namesOf({ flag, variable, fallback, isSwitch }: Option<unknown>): string[] {
  return [`--${flag}`, variable ?? '–', isSwitch ? '–' : (fallback ?? '–')];
}
