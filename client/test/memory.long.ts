import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { startClient } from './program.ts';

const REQUESTS = 10_000_000;
const CLIENTS = 100;
const MEMORY_BYTES_MAX = 300e6;

/** The most memory that a process ever had resident, from Linux; 0 of one that is ending and has none any more. */
function peakBytes(pid: number): number {
  const kib = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0;
  return Number(kib) * 1_024;
}

test('ten million requests, each a row on disk, fit in 300 MB', async (t) => {
  if (process.platform !== 'linux') return t.skip('only Linux tells the most memory of a process');
  const folder = temporaryFolder(t);
  const program = join(folder, 'null-server');
  const source = join(import.meta.dirname, '../../bench/client/null-server/main.go');
  execFileSync('go', ['build', '-o', program, source]);
  const server = spawn(program, { stdio: ['ignore', 'pipe', 'inherit'] });
  const out = join(folder, 'rows.csv');
  try {
    const [port] = (await once(server.stdout, 'data')) as [Buffer];
    const url = `http://127.0.0.1:${String(port).trim()}/`;
    const load = ['--clients', String(CLIENTS), '--messages', String(REQUESTS / CLIENTS), '--workers', '1'];
    const { child, ended } = startClient(['--url', url, '--json', '--out', out, ...load]);
    let peak = 0;
    const watch = setInterval(() => {
      // Gone between the last row and the end of the process, it has no status any more.
      if (child.exitCode === null) peak = Math.max(peak, peakBytes(child.pid as number));
    }, 500);
    const { stdout, stderr } = await ended;
    clearInterval(watch);
    const summary = JSON.parse(stdout);
    assert.equal(summary.answered, REQUESTS, stderr);
    assert.ok(statSync(out).size > 50 * REQUESTS);
    t.diagnostic(`${Math.round(peak / 1e6)} MB, ${Math.round(summary.throughput)} requests/s`);
    assert.ok(peak > 0 && peak <= MEMORY_BYTES_MAX, `${peak} bytes`);
  } finally {
    server.kill();
  }
});
