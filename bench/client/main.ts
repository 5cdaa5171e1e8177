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

execFileSync('go', ['build', '-o', join(folder, 'server'), 'main.go'], {
  cwd: join(import.meta.dirname, 'null-server'),
});
const server = spawn('taskset', ['-c', '0', join(folder, 'server')], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, GOMAXPROCS: '1' },
});
try {
  const port = await new Promise<string>((resolve) =>
    server.stdout.once('data', (data) => resolve(String(data).trim())),
  );
  const url = `http://127.0.0.1:${port}/`;
  console.log(`load average before the run: ${loadavg()[0]?.toFixed(2)}`);
  const closed = await escala('--url', url, '--clients', '100', '--messages', '4000');
  const ours: number = closed.throughput;
  console.log(`escala, closed loop, 100 connections, every request logged: ${Math.round(ours)} requests/s`);
  const beside = [];
  for (const peer of peers) {
    const rate = await rateOf(peer, url, folder);
    if (rate === undefined) continue;
    const row = { tool: peer.name, 'requests/s': Math.round(rate), ratio: (ours / rate).toFixed(2) };
    beside.push({ ...row, goal: `>= ${peer.goal}` });
  }
  console.table(beside);

  const half = await escala('--url', url, '--rate', String(Math.round(ours / 2)), '--duration', '5s');
  const even = await escala('--url', url, '--rate', '1000', '--arrivals', 'uniform', '--duration', '3s');
  const random = await escala('--url', url, '--rate', '1000', '--arrivals', 'poisson', '--duration', '3s');
  const cv = (summary: { arrivals: { interarrivalCv: number } }) =>
    summary.arrivals.interarrivalCv.toFixed(3);
  console.table([
    { measure: 'send lag p99 at half of the ceiling, µs', value: half.sendLagUs.p99, goal: '<= 1000' },
    { measure: 'CV, uniform at 1000/s', value: cv(even), goal: '<= 0.2' },
    { measure: 'CV, poisson at 1000/s', value: cv(random), goal: '0.9 to 1.1' },
  ]);
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
