import { EscalaError, type ExitCode } from '@escala/model';
import { CommanderError } from 'commander';
import { buildProgram } from './program.ts';
import { usageProblem } from './usage-problem.ts';
import { systemWorld, type World } from './world.ts';

/** The program `escala`: reads the command line, runs one command, and sets the exit code. */
export async function main(): Promise<void> {
  process.exitCode = await runCommandLine(systemWorld());
}

/** Runs the command that `world.argv` names and returns its exit code (`exitCodes` of the model). */
export async function runCommandLine(world: World): Promise<ExitCode> {
  try {
    await buildProgram(world).parseAsync([...world.argv], { from: 'user' });
    return 0;
  } catch (error) {
    return explain(error, world);
  }
}

/** Says what went wrong on stderr: a known problem in the user's language, a bug of ours with its stack. */
function explain(error: unknown, world: World): ExitCode {
  // The help that was asked for is printed already; without a command there was nothing else to print.
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    return error.code === 'commander.help' ? 2 : explain(usageProblem(error), world);
  }
  // It went wrong, and what was to be taken away then could not be either: the first is the cause.
  if (error instanceof SuppressedError) {
    const exit = explain(error.suppressed, world);
    if (String(error.error) !== String(error.suppressed)) explain(error.error, world);
    return exit;
  }
  if (error instanceof EscalaError) {
    world.stderr.write(`escala: ${error.explain(world.language)}\n`);
    return error.exit;
  }
  world.stderr.write(`escala: ${error instanceof Error ? error.stack : String(error)}\n`);
  return 1;
}

if (import.meta.main) await main();
