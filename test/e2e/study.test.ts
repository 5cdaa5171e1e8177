import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Manifest, Results, TrialRecord } from '@escala/model';
import { parse } from 'csv-parse/sync';
import { temporaryFolder } from '../temporary-folder.ts';
import { escala, processesOf } from './escala.ts';

const experiment = `
name: small
replicas: [1, 2]
clients: [3, 5]
messages: [1, 8]
service: { time: 1ms }
commitDelay: 1ms
rounds: 2
seed: 5
`;

test('a small study runs from the file to the report, and its ledger closes', async (context) => {
  const folder = temporaryFolder(context);
  const [file, run] = [join(folder, 'small.yaml'), join(folder, 'run')];
  writeFileSync(file, experiment);
  const ended = await escala('run', file, '--out', run);
  assert.equal(ended.code, 0, ended.stderr);
  assert.deepEqual(processesOf(run), []);

  const rows = parse(readFileSync(join(run, 'requests.csv')), { columns: true }) as Record<string, string>[];
  const planned = 2 * 2 * (3 + 5) * (1 + 8);
  assert.equal(rows.length, planned);
  assert.equal(new Set(rows.map((row) => row['request_id'])).size, planned);
  assert.ok(
    rows.every(
      (row) => row['ledger'] === 'recorded' && row['outcome'] === 'answered' && row['status'] === '201',
    ),
  );
  for (const row of rows) {
    const [latency, queue, service] = [row['latency_us'], row['queue_us'], row['service_us']].map(Number);
    assert.ok(
      (latency ?? 0) >= (queue ?? 0) + (service ?? 0),
      `${row['request_id']} was served in less than its service`,
    );
  }

  await context.test('each client sends exactly its messages', () => {
    const byClient = Map.groupBy(rows, (row) => `${row['cell']} ${row['client']}`);
    for (const [, own] of byClient) {
      assert.equal(own.length, Number(own[0]?.['messages']));
    }
  });

  await context.test('planned and actual order are on disk, and every trial has its record', () => {
    const manifest = JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as Manifest;
    assert.equal(manifest.experiment.seed, 5);
    assert.equal(readFileSync(join(run, 'experiment.yaml'), 'utf8'), experiment);
    const records = manifest.plan
      .flatMap((block) => block.trials)
      .map(
        ({ cell, round }) =>
          JSON.parse(
            readFileSync(join(run, 'cells', cell.key, String(round), 'cell.json'), 'utf8'),
          ) as TrialRecord,
      );
    assert.deepEqual(
      records.map(({ actualIndex }) => actualIndex),
      records.map((_, i) => i),
    );
    assert.ok(
      records.every(({ agents }) => agents.every(({ startSkewUs }) => Number.isInteger(startSkewUs))),
    );
    const trial = join(run, 'cells', records[0]?.cell.key ?? '', '1');
    const names = readdirSync(trial).map((name) => name.replace(/-.*/, ''));
    for (const expected of ['client', 'ledger', 'warmup.csv', 'resources.csv', 'requests.csv', 'cell.json']) {
      assert.ok(names.includes(expected), `${expected} is in ${names}`);
    }
  });

  await context.test('results hold every cell, pooled over its rounds', () => {
    const results = JSON.parse(readFileSync(join(run, 'results.json'), 'utf8')) as Results;
    assert.equal(results.cells.length, 8);
    assert.equal(results.trials.length, 16);
    assert.ok(results.cells.every(({ rounds }) => rounds === 2));
    assert.ok(results.totals.ledgerCloses);
    assert.equal(results.totals.requests, planned);
  });

  await context.test('figures, tables and a report without network are there', () => {
    const figures = readdirSync(join(run, 'figures'));
    for (const kind of ['.svg', '.png', '.csv'])
      assert.ok(figures.filter((name) => name.endsWith(kind)).length >= 3, kind);
    const tables = readdirSync(join(run, 'tables'));
    for (const kind of ['.md', '.tex'])
      assert.ok(
        tables.some((name) => name.endsWith(kind)),
        kind,
      );
    const report = readFileSync(join(run, 'report.html'), 'utf8');
    assert.doesNotMatch(report, /<(script|link|img|iframe)[^>]+(src|href)\s*=\s*["']?(https?:)?\/\//i);
    assert.ok(existsSync(join(run, 'checksums.txt')));
  });

  await context.test('a second study in the same folder is refused, naming --resume', async () => {
    const again = await escala('run', file, '--out', run);
    assert.equal(again.code, 4);
    assert.match(again.stderr, /RUN_EXISTS[\s\S]*--resume/);
  });

  await context.test('resuming a finished run redoes analysis and report, and runs nothing', async () => {
    const before = readFileSync(join(run, 'results.json'), 'utf8');
    // The target that it has may be named.
    const again = await escala('run', '--resume', run, '--target', 'local');
    assert.equal(again.code, 0, again.stderr);
    assert.equal(readFileSync(join(run, 'results.json'), 'utf8'), before);
  });
});
