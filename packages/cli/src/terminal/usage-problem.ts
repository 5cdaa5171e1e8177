import { didYouMean, EscalaError, fill, inEachLanguage, nearestOf, type Sentence } from '@escala/model';
import type { Command, CommanderError } from 'commander';
import { helpWords, inLanguage } from './help.ts';

/** Commands that people look for, with what does that here. */
const elsewhere: Readonly<Record<string, Sentence>> = {
  version: didYouMean('--version'),
  list: helpWords.runsAreFolders,
  ls: helpWords.runsAreFolders,
  runs: helpWords.runsAreFolders,
};

/**
 * Commander says in English what is wrong with a command line; this is the same as a problem of ours, in both languages.
 * Commander's message quotes what was typed, or the name of the option.
 */
export function usageProblem(
  { code, message }: CommanderError,
  program: Command,
  argv: readonly string[],
): EscalaError {
  const [first = '', second = ''] = [...message.matchAll(/'([^']*)'/g)].map(([, quoted]) => quoted);
  const argument = (name: string) => inEachLanguage((language) => inLanguage(`<${name}>`, language));
  switch (code) {
    case 'commander.unknownCommand':
      return new EscalaError('COMMAND_UNKNOWN', { given: first, nearest: commandMeant(first, program) });
    case 'commander.unknownOption':
      return new EscalaError('OPTION_UNKNOWN', { given: first, nearest: flagMeant(first, program, argv) });
    case 'commander.optionMissingArgument':
      return new EscalaError('OPTION_VALUE_MISSING', { option: flagOf(first) });
    case 'commander.missingMandatoryOptionValue':
      return new EscalaError('OPTION_MISSING', { option: flagOf(first) });
    case 'commander.conflictingOption':
      return new EscalaError('OPTIONS_CONFLICT', { one: flagOf(first), other: flagOf(second) });
    case 'commander.missingArgument':
      return new EscalaError('ARGUMENT_MISSING', { argument: argument(first) });
    case 'commander.excessArguments':
      return tooManyArguments(message);
    case 'commander.invalidArgument': {
      const allowed = /is invalid.*?\. (?:Allowed choices are )?(.*?)\.?$/s.exec(message)?.[1] ?? '';
      const isArgument = message.includes('command-argument');
      const [option, value] = isArgument ? [argument(second), first] : [flagOf(first), second];
      return new EscalaError('OPTION_INVALID', { option, value, allowed });
    }
    default:
      return new EscalaError('USAGE', { detail: message.replace(/^error: /, '') });
  }
}

/** `--out` of `--out <file>`. */
const flagOf = (flags: string) => flags.split(/[ ,]+/).find((word) => word.startsWith('--')) ?? flags;

function commandMeant(given: string, { commands }: Command): Sentence {
  const names = commands.map((command) => command.name());
  return Object.hasOwn(elsewhere, given)
    ? (elsewhere[given] as Sentence)
    : didYouMean(nearestOf(given, names));
}

function flagMeant(given: string, program: Command, argv: readonly string[]): Sentence {
  const command = program.commands.find((one) => argv.includes(one.name()));
  const flags = [program, command].flatMap((one) => one?.options ?? []).flatMap(({ long }) => long ?? []);
  return didYouMean(nearestOf(given, flags));
}

function tooManyArguments(message: string): EscalaError {
  const [, count = '0', , words = ''] =
    /Expected (\d+) arguments? but got (\d+): (.*)\.$/.exec(message) ?? [];
  const expected = inEachLanguage((language) =>
    count === '0'
      ? helpWords.onlyOptions[language]
      : fill(helpWords.argumentCount, language, { count: Number(count) }),
  );
  const given = words.split(', ')[Number(count)] ?? words;
  return new EscalaError('ARGUMENTS_TOO_MANY', { given, expected });
}
