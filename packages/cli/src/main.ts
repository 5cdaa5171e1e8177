import { asProblem, type ExitCode, fill, languages, version } from '@escala/model';
import { Command, CommanderError, Option } from 'commander';
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
import { helpWords, localizeHelp } from './terminal/help.ts';
import { usageProblem } from './terminal/usage-problem.ts';
import { print, systemWorld, type World } from './terminal/world.ts';

/** The program `escala`: reads the command line, runs one command, and sets the exit code. */
export async function main(): Promise<void> {
  process.exitCode = await runCommandLine(systemWorld());
}

/** Runs the command that `world.argv` names and returns its exit code (`exitCodes` of the model). */
export async function runCommandLine(world: World): Promise<ExitCode> {
  const program = buildProgram(world);
  try {
    await program.parseAsync([...world.argv], { from: 'user' });
    return 0;
  } catch (error) {
    const isMistake =
      error instanceof CommanderError && error.exitCode !== 0 && error.code !== 'commander.help';
    return explain(isMistake ? usageProblem(error, program, world.argv) : error, world);
  }
}

/** Says on stderr what went wrong, in the user's language; a bug of ours has its stack. */
function explain(error: unknown, world: World): ExitCode {
  // The help that was asked for is printed already; without a command there was nothing else to print.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  // The command failed and so did its clean-up; the command's error is the cause.
  if (error instanceof SuppressedError) {
    const exit = explain(error.suppressed, world);
    if (String(error.error) !== String(error.suppressed)) explain(error.error, world);
    return exit;
  }
  const problem = asProblem(error);
  print(world.stderr, `escala: ${problem.explain(world.language)}\n`);
  return problem.exit;
}

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

if (import.meta.main) await main();
