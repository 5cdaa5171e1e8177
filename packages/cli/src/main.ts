import { asProblem, type ExitCode } from '@escala/model';
import { CommanderError } from 'commander';
import { buildProgram } from './program.ts';
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

if (import.meta.main) await main();
