import { targets } from '@escala/lab/targets';
import { languages, systemClock } from '@escala/model';
import type { Argument, Command, Option } from 'commander';
import { buildProgram } from '../../packages/cli/src/main.ts';
import type { Output, World } from '../../packages/cli/src/terminal/world.ts';
import { environmentVariables } from './environment-variables.ts';
import { generated, page, table } from './markdown.ts';

export function commandsPage(): string {
  const written: string[] = [];
  const stream: Output = { write: (text) => void written.push(text), isTerminal: false, columns: null };
  const program = buildProgram(worldOf(stream));

  /** What stands below the options in `--help`: whole examples. */
  const examplesOf = (command: Command) => {
    written.length = 0;
    command.outputHelp();
    const below = written.join('').slice(command.helpInformation().length).trim();
    return below === '' ? [] : [`\`\`\`text\n${below}\n\`\`\``];
  };
  return page(
    'The command line',
    `${generated} In a checkout, \`npm start -- run\` and \`npx --no-install escala run\` are both \`escala run\`. Before a command or after it, \`--lang\` takes ${list(languages)}; without it the locale decides. How each command ends is in [exit codes](exit-codes.md).`,
    ...examplesOf(program),
    ...program.commands.flatMap((command) => [sectionOf(command), ...examplesOf(command)]),
    environmentSection(),
  );
}

function worldOf(stream: Output): World {
  return {
    argv: [],
    environment: {},
    language: 'en',
    stdout: stream,
    stderr: stream,
    clock: systemClock,
    targets,
    interrupted: () => new AbortController().signal,
  };
}

function sectionOf(command: Command): string {
  const words = command.registeredArguments.map(wordOf).map((word) => ` ${word}`);
  const title = `## \`escala ${command.name()}${words.join('')}\``;
  const rows = [
    ...command.registeredArguments.map((argument) => [`\`${wordOf(argument)}\``, ...detailsOf(argument)]),
    ...command.options.map((option) => [`\`${option.flags}\``, ...detailsOf(option)]),
  ];
  const hasOwnHelp = command.name() === 'server' || command.name() === 'client';
  const own = hasOwnHelp ? ' Its options are those of [the two programs](programs.md).' : '';
  const options = rows.length > 0 ? `\n\n${table(['word', 'default', 'takes', 'is'], rows)}` : '';
  return `${title}\n\n${sentence(command.description())}${own}${options}`;
}

function wordOf(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '…' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function detailsOf(one: Argument | Option): string[] {
  const isSwitch = 'flags' in one && !one.required && !one.optional;
  const fallback = one.defaultValue === undefined ? '–' : String(one.defaultValue);
  return [fallback, one.argChoices ? list(one.argChoices) : isSwitch ? '' : 'a value', one.description];
}

function environmentSection(): string {
  const rows = Object.entries(environmentVariables).map(([name, does]) => [`\`${name}\``, does]);
  return `## Environment variables\n\nBeside those of [the two programs](programs.md):\n\n${table(['variable', 'does'], rows)}`;
}

const list = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ');
const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
