import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fillEach, listeningLine, type Sentence, sentences } from '@escala/model';

/** How much of what a program said last goes into an error. */
const LAST_WORDS_CHARACTERS = 600;
/** What a program said may be read a little after its end. */
const LAST_WORDS_MS_MAX = 1_000;
/** How much of standard output is kept to find the address in. */
const PRINTED_CHARACTERS = 2_400;
/** Our programs end when their standard input does; a program that has not ended by then gets SIGTERM. */
const END_WITH_STDIN_MS_MAX = 2_000;
/** A program that has been told to end gets this long before it is killed. */
const END_MS_MAX = 15_000;

const words = sentences.lab.program;

interface ProgramRequest {
  readonly name: string;
  readonly command: readonly string[];
  readonly folder: string;
  /** All of it: nothing is inherited. */
  readonly environment: NodeJS.ProcessEnv;
  readonly logFile: string;
}

/**
 * A server or agent as a child process. Its standard input is a pipe that nothing is written to: when the lab ends,
 * however it ends, the pipe closes and the program follows.
 */
export class Program implements AsyncDisposable {
  readonly name: string;
  readonly logFile: string;
  readonly #child: ChildProcess;
  /** Resolves when the process has ended, or could not be started. */
  readonly ended: Promise<unknown>;
  /** Resolves when its output has ended as well. */
  readonly #closed: Promise<unknown>;
  #printed = '';
  #said = '';

  constructor({ name, command, folder, environment, logFile }: ProgramRequest) {
    this.name = name;
    this.logFile = logFile;
    const [program = '', ...words] = command;
    // A group of its own, so that Ctrl-C in the terminal reaches the lab alone, which then ends its children in order.
    this.#child = spawn(program, words, {
      cwd: folder,
      env: environment,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    const log = createWriteStream(logFile, { flags: 'a' });
    // A log that cannot be written (a full disk) is no reason to end the lab: the rows have their own error.
    log.on('error', () => undefined);
    const keep = (chunk: Buffer | string) => {
      this.#said = (this.#said + chunk).slice(-LAST_WORDS_CHARACTERS);
      log.write(chunk);
    };
    this.#child.stdout?.on('data', (chunk) => {
      this.#printed = (this.#printed + chunk).slice(-PRINTED_CHARACTERS);
      keep(chunk);
    });
    this.#child.stderr?.on('data', keep);
    this.#child.stdin?.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        keep(`${error.message}\n`);
        resolve(undefined);
      });
      this.#child.once('exit', resolve);
    });
    // After its last output, which may come after its exit.
    this.#closed = new Promise((resolve) => this.#child.once('close', resolve));
    void this.#closed.then(() => log.end());
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isRunning(): boolean {
    return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The address on the line `listening on …`; undefined when the program ends or `deadline` aborts before. */
  async listening(deadline: AbortSignal): Promise<string | undefined> {
    for (;;) {
      const url = listeningLine.exec(this.#printed)?.[1];
      if (url !== undefined) return url;
      if (!this.isRunning || deadline.aborted || !this.#child.stdout) return undefined;
      const printed = once(this.#child.stdout, 'data', { signal: deadline });
      await Promise.race([printed.catch(() => undefined), this.ended]);
    }
  }

  /**
   * Why the program is not ready after `waitedMs`: how it ended, or that it did not answer, and its last lines. The log
   * holds the lines of all programs of this name; these are of this one.
   */
  async whyNotReady(waitedMs: number): Promise<Sentence> {
    const ending = this.isRunning ? fillEach(words.silent, { seconds: waitedMs / 1_000 }) : this.ending;
    if (!this.isRunning) {
      await Promise.race([this.#closed, sleep(LAST_WORDS_MS_MAX, undefined, { ref: false })]);
    }
    const lines = this.#said.trim();
    return lines ? fillEach(words.said, { ending, lines }) : fillEach(words.saidNothing, { ending });
  }

  /** How a program that no longer runs has ended. */
  get ending(): Sentence {
    const { exitCode, signalCode } = this.#child;
    if (signalCode !== null) return fillEach(words.signal, { signal: signalCode });
    return exitCode === null ? words.notStarted : fillEach(words.code, { code: exitCode });
  }

  /** At once, as a crash would. */
  async kill(): Promise<void> {
    this.#signal('SIGKILL');
    await this.ended;
  }

  /** Closes its standard input, at which ours end at once; SIGTERM for others, and SIGKILL for one that stays. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.stdin?.end();
    const left = await Promise.race([
      this.ended.then(() => false),
      sleep(END_WITH_STDIN_MS_MAX, true, { ref: false }),
    ]);
    if (!left) return;
    this.#signal('SIGTERM');
    const timer = setTimeout(() => this.#signal('SIGKILL'), END_MS_MAX);
    await this.ended;
    clearTimeout(timer);
  }

  /** To the whole group: Gunicorn has workers of its own. */
  #signal(signal: NodeJS.Signals): void {
    if (!this.isRunning || this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, signal);
    } catch {
      // It ended between the look and the signal.
    }
  }
}
