import { fill, languages, type Sentence } from '@escala/model';
import { Command, Option } from 'commander';
import { addAnalyze } from './commands/analyze.ts';
import { addClean } from './commands/clean.ts';
import { addCompare } from './commands/compare.ts';
import { addCompletion } from './commands/completion.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExport } from './commands/export.ts';
import { addFit } from './commands/fit.ts';
import { addInit } from './commands/init.ts';
import { addPrograms } from './commands/programs.ts';
import { addReport } from './commands/report.ts';
import { addRun } from './commands/run.ts';
import { addSchema } from './commands/schema.ts';
import { addSelftest } from './commands/selftest.ts';
import { addVerify } from './commands/verify.ts';
import { addWatch } from './commands/watch.ts';
import { words } from './words.ts';
import type { World } from './world.ts';

/**
 * The command line as data: each command adds itself, with its options and help, and imports what it needs only when
 * it runs, so that `--help` stays quick.
 */
export function buildProgram(world: World): Command {
  const say = (sentence: Sentence) => fill(sentence, world.language);
  const program = new Command('escala')
    .description(say(words.program))
    .usage(say(words.programUsage))
    .addOption(new Option('--lang <language>', say(words.lang)).choices([...languages]))
    .addHelpText('after', `\n${say(words.programExamples)}`)
    .configureOutput({ writeOut: world.stdout.write, writeErr: world.stderr.write })
    .configureHelp({ helpWidth: Math.min(world.stdout.columns ?? 100, 120) })
    .showHelpAfterError(say(words.tryHelp))
    .exitOverride();

  const commands = [
    addRun,
    addWatch,
    addAnalyze,
    addReport,
    addCompare,
    addVerify,
    addExport,
    addFit,
    addClean,
    addDoctor,
    addSelftest,
    addPrograms,
    addInit,
    addSchema,
    addCompletion,
  ];
  for (const add of commands) add(program, world);
  // `command()` has copied the program's settings already; again, it would undo what server and client allow.
  for (const command of program.commands) command.exitOverride();
  return program;
}
