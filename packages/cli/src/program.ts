import { fill, languages, version } from '@escala/model';
import { Command, Option } from 'commander';
import { addAnalyze } from './commands/judge/analyze.ts';
import { addCompare } from './commands/judge/compare/compare.ts';
import { addExport } from './commands/judge/export.ts';
import { addFit } from './commands/judge/fit.ts';
import { addReport } from './commands/judge/report.ts';
import { addVerify } from './commands/judge/verify.ts';
import { addClient, addServer } from './commands/measure/programs.ts';
import { addRun } from './commands/measure/run.ts';
import { addSelftest } from './commands/measure/selftest.ts';
import { addWatch } from './commands/measure/watch.ts';
import { addClean } from './commands/prepare/clean.ts';
import { addCompletion } from './commands/prepare/completion.ts';
import { addDoctor } from './commands/prepare/doctor.ts';
import { addInit } from './commands/prepare/init.ts';
import { addSchema } from './commands/prepare/schema.ts';
import { localizeHelp } from './terminal/help.ts';
import { helpWords } from './terminal/help-words.ts';
import type { World } from './terminal/world.ts';

/** The commands, in the groups and the order in which help shows them. */
const groups = {
  measuring: [addRun, addWatch, addSelftest, addServer, addClient],
  judging: [addAnalyze, addReport, addVerify, addCompare, addFit, addExport],
  preparing: [addInit, addSchema, addDoctor, addClean, addCompletion],
} as const;

/**
 * The command line as data: each command adds itself, with its options and help, and imports what it needs only when
 * it runs, so that `--help` stays quick. Problems are thrown, never printed: `main` says them in the user's language.
 */
export function buildProgram(world: World): Command {
  const lang = new Option('--lang <language>', fill(helpWords.lang, world.language));
  const program = new Command('escala')
    .addOption(lang.choices([...languages]))
    .version(version, '-V, --version', fill(helpWords.version, world.language))
    .configureOutput({ writeOut: world.stdout.write, writeErr: world.stderr.write, outputError: () => {} })
    .exitOverride();
  localizeHelp(program, world);
  const help = program.createCommand('help').argument('[command]').helpOption(false);
  for (const [group, commands] of Object.entries(groups)) {
    program.commandsGroup(fill(helpWords[group as keyof typeof groups], world.language));
    for (const add of commands) add(program, world);
  }
  help
    .description(fill(helpWords.helpCommand, world.language))
    .helpGroup(fill(helpWords.preparing, world.language));
  program.addHelpCommand(help);
  return program;
}
