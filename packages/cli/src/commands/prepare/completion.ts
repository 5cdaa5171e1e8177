import {
  clientOptions,
  fill,
  type Language,
  type OptionTable,
  sentences,
  serverOptions,
} from '@escala/model';
import { Argument, type Command, type Option } from 'commander';
import type { World } from '../../terminal/world.ts';
import type { CompletableCommand, CompletableOption, Follows } from './completion-scripts.ts';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

const words = sentences.cli.completion;

/** `escala completion <shell>`: made from the program itself, so that it knows what the program knows. */
export function addCompletion(program: Command, world: World): void {
  const say = (key: keyof typeof words) => fill(words[key], world.language);
  program
    .command('completion')
    .description(say('completion'))
    .addArgument(new Argument('<shell>', say('shell')).choices(shells))
    .addHelpText('after', `\n${say('examples')}`)
    .action(async (shell: Shell) => {
      const { completionScripts } = await import('./completion-scripts.ts');
      world.stdout.write(completionScripts[shell](completableCommands(program, world.language)));
    });
}

const programOptions: Readonly<Record<string, OptionTable>> = {
  server: serverOptions,
  client: clientOptions,
};

function completableCommands(program: Command, language: Language): CompletableCommand[] {
  const shared = program.options.map(completableOption);
  return program.commands.map((command) => {
    const table = programOptions[command.name()];
    const own = table
      ? tableOptions(table, language)
      : [...command.options.map(completableOption), ...shared];
    return {
      name: command.name(),
      description: command.description(),
      options: [...own, { flag: '--help', description: helpOf(program), follows: 'nothing' }],
      follows: followsArgument(command.registeredArguments[0]),
    };
  });
}

function completableOption(option: Option): CompletableOption {
  const { long, description, argChoices, required, flags } = option;
  const takes = argChoices ?? (required ? byPlaceholder(flags) : 'nothing');
  return { flag: long ?? '', description, follows: takes };
}

function tableOptions(table: OptionTable, language: Language): CompletableOption[] {
  return Object.values(table).flatMap(({ flag, doc, isSwitch }) =>
    flag === undefined
      ? []
      : [{ flag: `--${flag}`, description: fill(doc, language), follows: isSwitch ? 'nothing' : 'value' }],
  );
}

function followsArgument(argument: Argument | undefined): Follows {
  if (!argument) return 'nothing';
  return argument.argChoices ?? 'file';
}

/** `<file>` is one, and so is what holds a run. */
const byPlaceholder = (flags: string): Follows => (/<(file|folder|run)>/.test(flags) ? 'file' : 'value');

const helpOf = (program: Command) =>
  program
    .createHelp()
    .visibleOptions(program)
    .find(({ long }) => long === '--help')?.description ?? '';
