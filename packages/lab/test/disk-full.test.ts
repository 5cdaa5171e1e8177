import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Cell, clientColumns, headerLine, rowLine } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import type { Deployment } from '../src/targets/contract/target.ts';
import { LedgerCursor } from '../src/trial/collect.ts';
import { joinTrial } from '../src/trial/join.ts';
import { ResourceFile } from '../src/trial/resource-file.ts';

/** Every write to it fails as on a full disk. Linux only. */
const full = '/dev/full';
const skip = process.platform !== 'linux';

for (const rows of [1, 5_000]) {
  test(`a disk that is full under ${rows} joined rows is told as such`, { skip }, async (context) => {
    const client = join(temporaryFolder(context), 'client.csv');
    const row = (i: number) =>
      rowLine(clientColumns, [
        `id.${i}`,
        'run',
        'c/1.1',
        1,
        i,
        undefined,
        1,
        2,
        1,
        201,
        'answered',
        'a',
        5,
        undefined,
      ]);
    writeFileSync(
      client,
      headerLine(clientColumns) + Array.from({ length: rows }, (_, i) => row(i)).join(''),
    );
    const request = {
      identity: { run: 'run', cell: 'c', planIndex: 0, round: 1, attempt: 1 },
      cell: { key: 'c', system: 'node', replicas: 1, clients: 1, messages: rows } as Cell,
      planned: rows,
      clientFiles: [client],
      ledgerFiles: [],
      keepsLedger: false,
      out: full,
    };
    await assert.rejects(joinTrial(request), { code: 'DISK_FULL' });
  });
}

test('a disk that is full under samples or a ledger is told as such', { skip }, async (context) => {
  const deployment = {
    sample: async () => ({ processes: [], machines: [] }),
    async *collectLedgers() {
      async function* chunks() {
        yield Buffer.from('header\n');
      }
      yield { replica: 'a', chunks: chunks(), toByte: () => 7 };
    },
  } as Partial<Deployment> as Deployment;
  await assert.rejects(new ResourceFile(full, deployment).sample(), { code: 'DISK_FULL' });
  const folder = temporaryFolder(context);
  symlinkSync(full, join(folder, 'ledger-a.csv'));
  await assert.rejects(new LedgerCursor().collect(deployment, folder), { code: 'DISK_FULL' });
});
