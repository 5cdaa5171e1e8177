import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const script = join(import.meta.dirname, 'message.lua');
const client = join(import.meta.dirname, '../../client/src/main.ts');

/** Requests per second that wrk got from the second core, closed loop. Answers that are no 2xx are an error. */
export async function throughput(
  url: string,
  { connections, seconds }: { connections: number; seconds: number },
) {
  const words = ['-c', '1', 'wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, url];
  const { stdout } = await run('taskset', words);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(stdout);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
}

/** Tails in µs, of an open loop whose requests are many enough for a p99. */
export interface Tails {
  readonly latencyUs: Tail;
  readonly serviceTimeUs: Tail;
  readonly sendLagUs: Tail;
}
interface Tail {
  readonly p99: number;
  readonly max: number;
}

/** What our client measured in an open loop at `rate` per second: from the intended send, from the actual one, between. */
export async function latency(
  url: string,
  { rate, seconds }: { rate: number; seconds: number },
): Promise<Tails> {
  const words = [
    '--url',
    url,
    '--rate',
    String(rate),
    '--duration',
    `${seconds}s`,
    '--max-connections',
    '100',
  ];
  const { stdout } = await run('taskset', [
    '-c',
    '1',
    process.execPath,
    client,
    ...words,
    '--workers',
    '1',
    '--json',
  ]);
  return JSON.parse(stdout) as Tails;
}
