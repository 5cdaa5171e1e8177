// The client beside the field's load tools, one core each side, the same Go server for all, in one run.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { onSecondCore, peers, rateOf } from './peers.ts';

const folder = mkdtempSync(join(tmpdir(), 'escala-bench-'));
const client = join(import.meta.dirname, '../../client/src/main.ts');

/** What our client's JSON says after a load in one thread whose every request is logged to disk. */
async function escala(...argv: string[]) {
  const rows = ['--out', join(folder, 'rows.csv')];
  const all = [client, '--workers', '1', '--json', '--method', 'GET', ...rows, ...argv];
  return JSON.parse((await onSecondCore(process.execPath, ...all)) ?? '{}');
}

/** Builds a Go program that lies beside this file; returns where it is. */
function build(name: string): string {
  const program = join(folder, name);
  execFileSync('go', ['build', '-o', program, 'main.go'], { cwd: join(import.meta.dirname, name) });
  return program;
}

const bareSender = build('bare-sender');
const server = spawn('taskset', ['-c', '0', build('null-server')], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, GOMAXPROCS: '1' },
});
try {
  const port = await new Promise<string>((resolve) =>
    server.stdout.once('data', (data) => resolve(String(data).trim())),
  );
  const url = `http://127.0.0.1:${port}/`;
  console.log(`load average before the run: ${loadavg()[0]?.toFixed(2)}`);
  const closed = ['--url', url, '--clients', '100', '--messages', '3000'];
  const rates: number[] = [];
  const beside = [];
  for (const peer of peers) {
    const theirs = await rateOf(peer, url, folder);
    if (theirs === undefined) continue;
    // Right after each other, so that whatever else the machine does weighs on both.
    const ours: number = (await escala(...closed)).throughput;
    rates.push(ours);
    const rounded = { 'requests/s': Math.round(theirs), 'escala, requests/s': Math.round(ours) };
    beside.push({ tool: peer.name, ...rounded, ratio: (ours / theirs).toFixed(2), goal: `>= ${peer.goal}` });
  }
  console.log('closed loop, 100 connections; escala logs every request to disk');
  console.table(beside);

  const ceiling = rates.sort((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0;
  const rate = String(Math.round(ceiling / 2));
  // What no client on this core could do better, with whatever else the machine does just now.
  const floorUs = Number(await onSecondCore(bareSender, `127.0.0.1:${port}`, rate, '5'));
  const half = await escala('--url', url, '--rate', rate, '--duration', '5s');
  const even = await escala('--url', url, '--rate', '1000', '--arrivals', 'uniform', '--duration', '3s');
  const random = await escala('--url', url, '--rate', '1000', '--arrivals', 'poisson', '--duration', '3s');
  const cv = (summary: { arrivals: { interarrivalCv: number } }) =>
    summary.arrivals.interarrivalCv.toFixed(3);
  console.table([
    {
      measure: `send lag p99 at half of the ceiling, ${rate}/s, µs`,
      value: half.sendLagUs.p99,
      goal: '<= 1000',
    },
    { measure: 'the same of a bare sender that keeps no row, µs', value: floorUs, goal: '' },
    { measure: 'CV, uniform at 1000/s', value: cv(even), goal: '<= 0.2' },
    { measure: 'CV, poisson at 1000/s', value: cv(random), goal: '0.9 to 1.1' },
  ]);
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
