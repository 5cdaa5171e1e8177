import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type TrialRecord, trialFiles, trialFolder } from '@escala/model';
import { temporaryFolder } from '../temporary-folder.ts';
import { escala } from './escala.ts';

test('the ledger closes over a replica that is killed, and the next cell has all its servers again', async (context) => {
  const folder = temporaryFolder(context);
  const [file, out] = [join(folder, 'experiment.yaml'), join(folder, 'run')];
  writeFileSync(
    file,
    `replicas: [2]
clients: [4]
messages: [60, 70]
service: { time: 5ms, parallelism: 1, kind: wait }
faults: [{ at: 50ms, kind: kill-replica }]
`,
  );
  const ended = await escala('run', file, '--out', out);
  assert.equal(ended.code, 0, ended.stderr);
  const records = ['node-r2-c4-m60', 'node-r2-c4-m70'].map(
    (cell) =>
      JSON.parse(readFileSync(join(trialFolder(out, cell, 1), trialFiles.record), 'utf8')) as TrialRecord,
  );
  assert.equal(new Set(records.map(({ block }) => block)).size, 2);
  for (const { cell, counts, incidents, replicas } of records) {
    assert.deepEqual(
      incidents.map(({ code }) => code),
      ['fault-injected'],
    );
    assert.equal(replicas.length, 1, 'one of two was killed in this cell');
    assert.equal(counts.requests, cell.clients * cell.messages);
    assert.equal(counts.ledger.missing + counts.ledger.duplicated + counts.ledger.unexpected, 0);
  }
});
