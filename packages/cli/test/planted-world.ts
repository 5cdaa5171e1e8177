// The world of a command line that a test owns: what is typed, the environment, and streams that remember.
import { targets as ours, type Targets } from '@escala/lab/targets';
import { chooseLanguage, type ExitCode, systemClock } from '@escala/model';
import { runCommandLine } from '../src/main.ts';
import type { Output, World } from '../src/terminal/world.ts';

export interface RememberingOutput extends Output {
  columns: number | null;
  readonly text: () => string;
}

export function rememberingOutput(columns: number | null = null): RememberingOutput {
  let written = '';
  return {
    write: (text) => {
      written += text;
    },
    text: () => written,
    isTerminal: columns !== null,
    columns,
  };
}

export interface PlantedWorld extends World {
  readonly stdout: RememberingOutput;
  readonly stderr: RememberingOutput;
}

/** `columns`: both streams are a terminal of that width; without it, pipes. */
export function plantedWorld(
  argv: readonly string[],
  {
    environment = {} as NodeJS.ProcessEnv,
    columns = null as number | null,
    clock = systemClock,
    targets = ours as Targets,
  } = {},
): PlantedWorld {
  return {
    argv,
    environment,
    language: chooseLanguage(argv, environment),
    stdout: rememberingOutput(columns),
    stderr: rememberingOutput(columns),
    clock,
    targets,
    interrupted: () => new AbortController().signal,
  };
}

/** Runs a command line in this process, and says how it ended. */
export async function typed(
  argv: readonly string[],
  options?: Parameters<typeof plantedWorld>[1],
): Promise<{ exit: ExitCode; stdout: string; stderr: string }> {
  const world = plantedWorld(argv, options);
  const exit = await runCommandLine(world);
  return { exit, stdout: world.stdout.text(), stderr: world.stderr.text() };
}
