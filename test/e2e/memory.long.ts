import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startClient } from '../../client/test/program.ts';
import { start } from '../conformance/start.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const RATE = 15_000;
const SECONDS = 700;
/** What has been sent by then has warmed up both programs. */
const WARM_SECONDS = 60;
/** Of the resident memory, for each ten million requests. */
const GROWTH_SHARE_MAX = 0.01;
const SAMPLE_MS = 1_000;

/** Resident memory in kB, from Linux; undefined of a process that has ended. */
function residentKb(pid: number): number | undefined {
  const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return found === undefined ? undefined : Number(found);
}

/** The slope of the least-squares line through the samples, one a second, as a share of their mean for ten million requests. */
function growthShare(samples: readonly number[]): number {
  const mean = samples.reduce((sum, kb) => sum + kb, 0) / samples.length;
  const middle = (samples.length - 1) / 2;
  let [products, squares] = [0, 0];
  for (const [i, kb] of samples.entries()) {
    products += (i - middle) * (kb - mean);
    squares += (i - middle) ** 2;
  }
  return ((products / squares) * (10_000_000 / RATE)) / mean;
}

test('the resident memory of server and client stays flat over ten million requests', async (t) => {
  if (process.platform !== 'linux') return t.skip('only Linux tells the resident memory of a process');
  const folder = temporaryFolder(t);
  const program = join(import.meta.dirname, '../../server/src/main.ts');
  const server = await start([process.execPath, program], { DATA_DIR: folder });
  t.after(() => server.end('SIGKILL'));
  const load = ['--rate', String(RATE), '--duration', `${SECONDS}s`, '--workers', '1', '--json'];
  const client = startClient(['--url', server.url, '--out', join(folder, 'rows.csv'), ...load]);
  const samples: Record<'server' | 'client', number[]> = { server: [], client: [] };
  const watch = setInterval(() => {
    for (const [name, child] of Object.entries({ server: server.child, client: client.child })) {
      const kb = child.exitCode === null ? residentKb(child.pid as number) : undefined;
      if (kb !== undefined) samples[name as keyof typeof samples].push(kb);
    }
  }, SAMPLE_MS);
  const { stdout } = await client.ended;
  clearInterval(watch);
  const { answered, requests } = JSON.parse(stdout);
  assert.equal(answered, requests, 'the machine is too busy for this load');
  for (const [name, all] of Object.entries(samples)) {
    // Its last second is the summary's.
    const warm = all.slice(WARM_SECONDS, -2);
    const share = growthShare(warm);
    t.diagnostic(`${name}: ${warm[0]} to ${warm.at(-1)} kB, ${(100 * share).toFixed(2)} % for ten million`);
    assert.ok(share <= GROWTH_SHARE_MAX, `${name} grows by ${(100 * share).toFixed(2)} %`);
  }
});
