import { type Targets, targets } from '@escala/lab/targets';
import {
  type Clock,
  COLUMNS,
  chooseLanguage,
  type Language,
  systemClock,
  unwritable,
  wrap,
} from '@escala/model';

/** A stream that words go to. `columns` is its width where it is a terminal, else null. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  readonly columns: number | null;
}

/** Writes sentences for a person: in a terminal broken between words, elsewhere as they are, so that a program finds them. */
export function print(output: Output, text: string): void {
  output.write(output.isTerminal && output.columns !== null ? wrap(text, output.columns) : text);
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
  readonly targets: Targets;
  /** Aborts at the first SIGINT or SIGTERM; a second one ends the process as the system does by default. */
  readonly interrupted: () => AbortSignal;
}

/** The world of this process. */
export function systemWorld(): World {
  const argv = process.argv.slice(2);
  const language = chooseLanguage(argv, process.env);
  return {
    argv,
    environment: process.env,
    language,
    stdout: outputOf(process.stdout, (error) => endWithLostOutput(error, language)),
    // A full disk under stderr cannot be reported there. The command goes on.
    stderr: outputOf(process.stderr, () => {}),
    clock: systemClock,
    targets,
    interrupted: abortOnSignal,
  };
}

function outputOf(stream: NodeJS.WriteStream, onLost: (error: Error) => void): Output {
  let isLost = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader such as `head` has closed the pipe: the rest is dropped.
    if (error.code === 'EPIPE' || isLost) return;
    isLost = true;
    onLost(error);
  });
  return {
    write: (text) => void stream.write(text),
    get isTerminal() {
      return stream.isTTY === true;
    },
    get columns() {
      // Such is the terminal of `script` without one of its own: its width is 0.
      return stream.isTTY ? stream.columns || COLUMNS : null;
    },
  };
}

/** A result that could not be written is no success; what else went wrong has its own code. */
function endWithLostOutput(error: Error, language: Language): void {
  const problem = unwritable('stdout', error);
  process.stderr.write(`escala: ${problem.explain(language)}\n`);
  process.once('exit', (code) => {
    if (code === 0) process.exitCode = problem.exit;
  });
}

function abortOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => controller.abort(signal));
  }
  return controller.signal;
}
