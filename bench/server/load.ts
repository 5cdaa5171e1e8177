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

/** p99 and maximum of the latency in µs, from the intended send, in an open loop at `rate` per second. */
export async function latency(url: string, { rate, seconds }: { rate: number; seconds: number }) {
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
  const { latencyUs } = JSON.parse(stdout) as { latencyUs: { p99: number | null; max: number | null } };
  return latencyUs;
}
