import { type Clock, chooseLanguage, type Language, systemClock } from '@escala/model';

/** A stream that words go to. `columns` is its width where it is a terminal, else null. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  readonly columns: number | null;
}

/**
 * The one door to the outside: everything that a command may touch besides the files that it was given. Tests bring
 * their own, with buffers for streams. Only `main` turns an error into an exit code.
 */
export interface World {
  readonly argv: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly language: Language;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly clock: Clock;
  /** Aborts at the first SIGINT or SIGTERM; a second one ends the process as the system does by default. */
  readonly interrupted: () => AbortSignal;
}

/** The world of this process. */
export function systemWorld(): World {
  const argv = process.argv.slice(2);
  return {
    argv,
    environment: process.env,
    language: chooseLanguage(argv, process.env),
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    clock: systemClock,
    interrupted: abortOnSignal,
  };
}

function outputOf(stream: NodeJS.WriteStream): Output {
  // Whoever reads has seen enough, as `head` does: the rest is written to nobody.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    write: (text) => void stream.write(text),
    get isTerminal() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.isTTY ? stream.columns : null;
    },
  };
}

function abortOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => controller.abort(signal));
  }
  return controller.signal;
}
