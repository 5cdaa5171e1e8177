import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, globSync, mkdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  EscalaError,
  fillEach,
  masked,
  runFiles,
  type Sentence,
  type System,
  sentences,
  writeWhole,
} from '@escala/model';
import { secretsOf } from '../experiment/sent-secrets.ts';

const words = sentences.lab.scale;

/** Between two looks whether as many replicas are ready. */
const READY_POLL_MS = 500;
/** How much of what a command said last goes into an error. */
const SAID_CHARACTERS = 600;

type Step = 'set' | 'ready' | 'restore';

/** What puts a service back as it was; written to disk before its first change. */
interface Intention {
  readonly system: System;
  readonly cwd: string;
}

const intentions = (folder: string) =>
  globSync('scaled-*.json', { cwd: join(folder, runFiles.processes) }).map((name) =>
    join(folder, runFiles.processes, name),
  );

/** Services whose replicas are set by commands of the user's, and put back when the study ends, however it ends. */
export class ScaledServices implements AsyncDisposable {
  readonly #folder: string;
  readonly #signal: AbortSignal;
  #isRestored = false;

  /** What an earlier life of the run has left to put back is put back with the rest. */
  constructor(folder: string, signal: AbortSignal) {
    this.#folder = folder;
    this.#signal = signal;
  }

  /** Resolves when the user's own command says that so many replicas are ready. @throws EscalaError SCALE_FAILED */
  async set(system: System, replicas: number): Promise<void> {
    const { scale } = system;
    if (!scale) return;
    const path = join(this.#folder, runFiles.processes, `scaled-${system.name}.json`);
    const intention: Intention = { system, cwd: process.cwd() };
    if (!existsSync(path)) await writeWhole(path, JSON.stringify(intention));
    const world = { folder: this.#folder, cwd: intention.cwd, system, signal: this.#signal };
    const untilMs = performance.now() + scale.timeoutUs / 1_000;
    const set = await runStep('set', filled(scale.set, replicas), world, untilMs);
    if (set.code !== 0) throw failed(system, 'set', set.detail);
    if (scale.ready === undefined) return;
    let said: Sentence | undefined;
    for (;;) {
      const ready = await runStep('ready', filled(scale.ready, replicas), world, untilMs);
      if (ready.code === 0) return;
      // Where the last look was cut off, the one before says more.
      said = ready.isLate ? (said ?? ready.detail) : ready.detail;
      if (performance.now() >= untilMs) throw failed(system, 'ready', said);
      await sleep(READY_POLL_MS, undefined, { signal: this.#signal });
    }
  }

  /** @throws EscalaError SCALE_FAILED; what could not be put back stays written down. */
  async restore(): Promise<void> {
    if (this.#isRestored) return;
    this.#isRestored = true;
    await restoreServices(this.#folder);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.restore();
  }
}

/** Puts back what a run has changed. @throws EscalaError SCALE_FAILED */
async function restoreServices(folder: string): Promise<void> {
  let failure: EscalaError | undefined;
  for (const path of intentions(folder)) {
    const { system, cwd } = JSON.parse(await readFile(path, 'utf8')) as Intention;
    const { scale } = system;
    if (!scale) throw new Error(`${basename(path)} has no command that puts back`);
    const untilMs = performance.now() + scale.timeoutUs / 1_000;
    const { code, detail } = await runStep('restore', scale.restore, { folder, cwd, system }, untilMs);
    if (code === 0) await rm(path);
    else failure ??= failed(system, 'restore', detail);
  }
  if (failure) throw failure;
}

const filled = (command: string, replicas: number) => command.replaceAll('{replicas}', String(replicas));

function failed(system: System, step: Step, detail: Sentence): EscalaError {
  const command = system.scale?.[step] ?? '';
  return new EscalaError('SCALE_FAILED', { system: system.name, step, command, detail });
}

interface StepWorld {
  readonly folder: string;
  readonly cwd: string;
  readonly system: System;
  readonly signal?: AbortSignal;
}

/** Runs one of the commands in a shell. What it prints is kept, without the secrets of the system. */
async function runStep(
  step: Step,
  command: string,
  { folder, cwd, system, signal }: StepWorld,
  untilMs: number,
) {
  signal?.throwIfAborted();
  // A group of its own, which is ended as a whole.
  const child = spawn('sh', ['-c', command], { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const kill = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  };
  let isLate = false;
  const timer = setTimeout(
    () => {
      isLate = true;
      kill();
    },
    Math.max(1, untilMs - performance.now()),
  );
  signal?.addEventListener('abort', kill, { once: true });
  const code = await new Promise<number | null>((resolve) =>
    // A program that was left behind in the background may hold the output open.
    child.on('exit', (exit) => setImmediate(resolve, exit)).on('error', () => resolve(null)),
  );
  clearTimeout(timer);
  signal?.removeEventListener('abort', kill);
  const said = masked(output, readableSecrets(system)).trim();
  const log = join(folder, runFiles.processes, `${system.name}-scale.log`);
  mkdirSync(join(folder, runFiles.processes), { recursive: true });
  appendFileSync(
    log,
    `${new Date().toISOString()} ${step}: ${command}\n${said}\nexit ${code ?? 'by a signal'}\n`,
  );
  signal?.throwIfAborted();
  const ending = isLate
    ? fillEach(words.late, { seconds: (system.scale?.timeoutUs ?? 0) / 1e6 })
    : fillEach(words.ended, { code: String(code ?? '?') });
  const lines = said.slice(-SAID_CHARACTERS);
  return { code, isLate, detail: lines === '' ? ending : fillEach(words.said, { ending, lines }) };
}

/** A secret that cannot be read any more was sent by nobody since. */
function readableSecrets(system: System): string[] {
  try {
    return secretsOf(system, process.env);
  } catch {
    return [];
  }
}
