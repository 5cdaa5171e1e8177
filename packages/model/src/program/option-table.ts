import { parseArgs } from 'node:util';
import { didYouMean, nearestOf } from '../problems/nearest.ts';
import { EscalaError } from '../problems/problems.ts';
import { fillEach, type Sentence, sentences } from '../sentences/sentences.ts';
import type { OptionKind } from './option-kinds.ts';

const said = sentences.model.optionTable;

/** One setting of a program: a flag and an environment variable that mean the same; the flag wins. */
export interface Option<T> extends OptionKind<T> {
  readonly flag?: string;
  readonly variable?: string;
  /** What a person would type; it goes through `parse`. Without it the setting may be absent. */
  readonly fallback?: string;
  /** A flag without a value. */
  readonly isSwitch?: true;
  /** May be given several times; the value is a list. In the variable, separated by commas or as `separator` says. */
  readonly repeats?: true;
  readonly separator?: RegExp;
  /** Flags by which other tools call it, without dashes: not taken, but told. */
  readonly calledElsewhere?: readonly string[];
  readonly doc: Sentence;
}

// biome-ignore lint/suspicious/noExplicitAny: a table holds options of every type; each entry keeps its own.
export type OptionTable = Readonly<Record<string, Option<any>>>;

type ValueOf<O> = O extends { parse: (text: string) => infer R }
  ? O extends { repeats: true }
    ? readonly NonNullable<R>[]
    : O extends { fallback: string }
      ? NonNullable<R>
      : NonNullable<R> | undefined
  : never;

/** What a program gets: one value an option, nothing left to default. */
export type OptionValues<T extends OptionTable> = { readonly [K in keyof T]: ValueOf<T[K]> };

/**
 * Reads a program's settings: flag, then variable, then default. An empty variable counts as absent.
 * @throws EscalaError OPTION_UNKNOWN, OPTION_VALUE_MISSING, ARGUMENTS_TOO_MANY; OPTION_INVALID for a value that its option does not take.
 */
export function readOptions<T extends OptionTable>(
  table: T,
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): OptionValues<T> {
  const flags = parseFlags(table, argv);
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(table)) {
    const flagged = flags[option.flag ?? ''];
    const given = flagged ?? fromEnvironment(option, environment) ?? option.fallback;
    // A wrong value is told by the name under which it was given.
    const isFlag = flagged !== undefined || option.variable === undefined;
    const typed = isFlag ? `--${option.flag}` : (option.variable ?? '');
    values[name] = option.repeats
      ? [given ?? []].flat().map((text) => parseOption(typed, option, String(text)))
      : given === undefined
        ? undefined
        : parseOption(typed, option, String(given));
  }
  return values as OptionValues<T>;
}

function parseFlags(table: OptionTable, argv: readonly string[]) {
  const options: Record<string, { type: 'string' | 'boolean'; multiple?: boolean }> = {};
  for (const { flag, isSwitch, repeats } of Object.values(table)) {
    if (flag) options[flag] = { type: isSwitch ? 'boolean' : 'string', multiple: repeats ?? false };
  }
  // Not strict: what is wrong is told in the reader's language, with the nearest flag.
  const { values, tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'option') checkFlag(token, table, options);
    if (token.kind === 'positional') {
      const expected = said.optionsOnly;
      throw new EscalaError('ARGUMENTS_TOO_MANY', { given: token.value, expected });
    }
  }
  return values;
}

function checkFlag(
  { name, rawName, value, inlineValue }: FlagToken,
  table: OptionTable,
  options: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>,
): void {
  if (!Object.hasOwn(options, name)) {
    throw new EscalaError('OPTION_UNKNOWN', { given: rawName, nearest: flagMeant(name, table) });
  }
  // The next flag is no value; a value that begins with a dash is written --flag=-value.
  const isMissing = value === undefined || (!inlineValue && value.startsWith('-'));
  if (options[name]?.type === 'string' && isMissing)
    throw new EscalaError('OPTION_VALUE_MISSING', { option: rawName });
}

/** The flag of another tool with what ours does, since the two may differ; else the nearest of ours. */
function flagMeant(name: string, table: OptionTable): Sentence {
  const known = Object.values(table).find(({ calledElsewhere }) => calledElsewhere?.includes(name));
  if (known) return fillEach(words.ours, { flag: known.flag ?? '', doc: known.doc });
  const flags = Object.values(table).flatMap(({ flag }) => flag ?? []);
  const nearest = nearestOf(name, flags);
  return didYouMean(nearest && `--${nearest}`);
}

const words = sentences.model.optionTable.words;

interface FlagToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function fromEnvironment(option: Option<unknown>, environment: NodeJS.ProcessEnv) {
  const text = option.variable === undefined ? undefined : environment[option.variable];
  if (text === undefined || text === '') return undefined;
  return option.repeats ? text.split(option.separator ?? ',').filter((one) => one.trim() !== '') : text;
}

/** What a person gave, by the name of its setting: how it is written, `--rate` or the variable `RATE`. */
export function givenOptions<T extends OptionTable>(
  table: T,
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Partial<Record<keyof T, string>> {
  const flags = parseFlags(table, argv);
  const given = Object.entries(table).flatMap(([name, option]) => {
    if (option.flag !== undefined && flags[option.flag] !== undefined) return [[name, `--${option.flag}`]];
    return fromEnvironment(option, environment) === undefined ? [] : [[name, option.variable]];
  });
  return Object.fromEntries(given);
}

/**
 * What `text` says for the option that a person calls `name`, such as `--port`.
 * @throws EscalaError OPTION_INVALID
 */
export function parseOption<T>(name: string, { parse, allowed, meant }: OptionKind<T>, text: string): T {
  const value = parse(text);
  if (value !== undefined) return value;
  const near = meant?.(text);
  const told = fillEach(words.allowed, { allowed, nearest: didYouMean(near && withoutPassword(near)) });
  throw new EscalaError('OPTION_INVALID', { option: name, value: withoutPassword(text), allowed: told });
}

/** A URL for people to read, without user and password. */
const withoutPassword = (text: string) => text.replace(/(^|\/\/)[^/?#\s]*@/, '$1***@');

/** Settings as the environment variables of their options, for a program that is about to be started. */
export function environmentOf<T extends OptionTable>(
  table: T,
  settings: Partial<Record<keyof T, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, text]) => {
      const variable = table[name]?.variable;
      return variable === undefined || text === undefined ? [] : [[variable, text as string]];
    }),
  );
}

/**
 * The environment without a program's own settings, for one that is about to be started: what it does is decided by who
 * starts it, and not by a `MAX_INFLIGHT` or a `RATE` in the shell of whoever started that.
 */
export function environmentWithout(table: OptionTable, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = new Set(Object.values(table).map(({ variable }) => variable));
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !names.has(name)));
}
