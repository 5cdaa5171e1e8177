import { EscalaError, type ExitCode } from '@escala/model';
import { CommanderError } from 'commander';
import { buildProgram } from './program.ts';
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
  // Commander has already printed its message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof EscalaError) {
    world.stderr.write(`escala: ${error.explain(world.language)}\n`);
    return error.exit;
  }
  world.stderr.write(`escala: ${error instanceof Error ? error.stack : String(error)}\n`);
  return 1;
}

if (import.meta.main) await main();
