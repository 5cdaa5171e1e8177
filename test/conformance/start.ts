import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { listeningLine } from '@escala/model';

/** A server that a test started. */
export interface Started {
  readonly url: string;
  readonly port: number;
  readonly child: ChildProcess;
  stderr(): string;
  /** Sends the signal and resolves with the exit code, or with the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

/**
 * Starts `command` as the lab does, on a free port, and resolves when it says that it listens.
 * @throws Error with what it said on stderr where it ends instead.
 */
export async function start(
  command: readonly string[],
  environment: Record<string, string>,
): Promise<Started> {
  const [program = '', ...words] = command;
  const settings = { PORT: '0', HOST: '127.0.0.1', REPLICA: 'r1', END_WITH_STDIN: 'true', ...environment };
  const child = spawn(program, words, { env: { ...process.env, ...settings } });
  let [stdout, stderr] = ['', ''];
  const url = await new Promise<string>((resolve, reject) => {
    child.on('error', reject).on('exit', (code) => reject(new Error(`exit ${code}: ${stderr}`)));
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    child.stdout.on('data', (text) => {
      stdout += text;
      const found = listeningLine.exec(stdout)?.[1];
      if (found) resolve(found);
    });
  });
  return {
    url,
    port: Number(new URL(url).port),
    child,
    stderr: () => stderr,
    async end(signal) {
      const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
      child.kill(signal);
      await ended;
      return child.exitCode ?? (child.signalCode as NodeJS.Signals);
    },
  };
}
