import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Results } from '@escala/model';
import { temporaryFolder } from '../temporary-folder.ts';
import { escala } from './escala.ts';

const planted = join(import.meta.dirname, 'planted-failing-system.ts');

/** A study of the planted service: one cell of 2 clients with 20 messages each, after a warm-up of so many. */
async function study(context: TestContext, kind: string, warmup: number, ...options: string[]) {
  const folder = temporaryFolder(context);
  const [file, run] = [join(folder, 'failing.yaml'), join(folder, 'run')];
  const command = `[${process.execPath}, ${planted}, "${kind}"]`;
  writeFileSync(
    file,
    `systems: [{ name: mine, command: ${command}, path: /orders, ledger: none }]
replicas: 1\nclients: 2\nmessages: 20\nwarmup: ${warmup}\ntimeout: 100ms\n`,
  );
  const ended = await escala('run', file, '--out', run, ...options);
  const results = join(run, 'results.json');
  return {
    ...ended,
    results: existsSync(results) ? (JSON.parse(readFileSync(results, 'utf8')) as Results) : undefined,
    report: existsSync(results) ? readFileSync(join(run, 'report.html'), 'utf8') : '',
  };
}

for (const [kind, what, codes] of [
  ['500', 'No request was answered: 500 ×40.', { 500: 40 }],
  ['301', 'No request was answered: 301 ×40.', { 301: 40 }],
  ['every second 503', '20 of 40 requests failed (50 %): 503 ×20.', { 200: 20, 503: 20 }],
  ['reset', 'No request was answered: reset ×40.', {}],
  ['silence', 'No request was answered: timeout ×40.', {}],
] as const) {
  test(`a service that gives ${kind} is INVALID, with what failed in terminal, report and results`, async (context) => {
    const { code, stdout, stderr, results, report } = await study(context, kind, 0, '--strict');
    assert.equal(code, 5, stderr);
    assert.match(stderr, /CELLS_DOUBTFUL/);
    assert.match(stderr, /· (20|40) failed · 1 problem/);
    assert.doesNotMatch(stderr, /no problems/);
    const said = what.replace(' %', '\u00a0%');
    assert.ok(stdout.includes(said), stdout);
    assert.ok(report.includes(said), 'in the report');
    assert.match(stdout, /Could not be checked: losses and doubles \(no ledger\)/);
    assert.match(stdout, /^No (request was answered|trial is valid, as too many requests failed)/);
    assert.doesNotMatch(stdout, /ledger closes|throughput grew|All .* VALID/);
    assert.deepEqual(results?.cells[0]?.statusCodes, codes);
    assert.deepEqual(results?.totals.verdicts, { VALID: 0, SUSPECT: 0, INVALID: 1 });
  });
}

test('a warm-up that gets nothing but 405 ends the cell, and nothing is measured', async (context) => {
  const { code, stdout, stderr, results } = await study(context, '405', 1);
  assert.equal(code, 5, stderr);
  assert.match(stderr, /mine-r1-c2-m20, round 1: dropped: every warm-up request got 405/);
  assert.match(stderr, /CELLS_INCOMPLETE: .*mine-r1-c2-m20\/1 \(every warm-up request got 405/);
  assert.equal(results, undefined);
  assert.doesNotMatch(stdout, /VALID/);
});
