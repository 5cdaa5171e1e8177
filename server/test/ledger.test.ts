import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ledger, type LedgerState } from '../src/ledger/ledger.ts';
import type { LedgerFile } from '../src/ledger/ledger-file.ts';

/** A disk in memory whose operations fail when the test says so. */
function plantedDisk() {
  const disk = { content: Buffer.alloc(0), syncs: 0, writeError: '', syncError: '' };
  const fail = (code: string) => Object.assign(new Error(code), { code });
  const file: LedgerFile = {
    async write(bytes, position) {
      const kept = disk.writeError ? bytes.subarray(0, 3) : bytes;
      disk.content = Buffer.concat([disk.content.subarray(0, position), kept]);
      if (disk.writeError) throw fail(disk.writeError);
    },
    async datasync() {
      if (disk.syncError) throw fail(disk.syncError);
      disk.syncs++;
    },
    async truncate(length) {
      disk.content = disk.content.subarray(0, length);
    },
    async close() {},
  };
  return { disk, file };
}

function plantedLedger(durability: 'sync' | 'async' = 'sync', { disk, file } = plantedDisk()) {
  const room = Promise.withResolvers<void>();
  const states: LedgerState[] = [];
  const ledger = new Ledger(
    { file, bytes: 0, sequence: 0, repairedBytes: 0 },
    {
      durability,
      commitDelayMs: 0,
      nowUs: () => 0,
      onCommit() {},
      onState: (state) => states.push(state),
      untilRoom: () => room.promise,
    },
  );
  const append = (row: string) => new Promise((settle) => ledger.append(`${row}\n`, { settle }));
  return { disk, ledger, append, states, room };
}

test('a row is acknowledged only after it was written and synced', async () => {
  const { disk, append } = plantedLedger();
  assert.equal(await append('a'), 'open');
  assert.equal(disk.content.toString(), '1,a\n');
  assert.equal(disk.syncs, 1);
});

test('rows that wait together share one write and one sync', async () => {
  const { disk, append } = plantedLedger();
  await Promise.all(['a', 'b', 'c'].map(append));
  assert.equal(disk.content.toString(), '1,a\n2,b\n3,c\n');
  assert.equal(disk.syncs, 1);
});

/** A ledger whose syncs end when the test says so, and what happened to it, in order. */
function watchedLedger() {
  const { disk, file } = plantedDisk();
  const happened: string[] = [];
  const syncs: PromiseWithResolvers<void>[] = [];
  const watched: LedgerFile = {
    ...file,
    async write(bytes, position) {
      happened.push(`takes off: ${String(bytes).trim().replaceAll('\n', ' ')}`);
      await file.write(bytes, position);
    },
    datasync() {
      const sync = Promise.withResolvers<void>();
      syncs.push(sync);
      return sync.promise;
    },
  };
  const { append } = plantedLedger('sync', { disk, file: watched });
  const tell = (row: string) => append(row).then(() => happened.push(`told: ${row}`));
  return { happened, syncs, tell };
}

test('when nearly all in flight wait, they take off before those who landed are told, and never earlier', async () => {
  const { happened, syncs, tell } = watchedLedger();
  const first = tell('a');
  await untilSynced(syncs, 1);
  const others = [...'bcdefghij'].map(tell);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(happened, ['takes off: 1,a'], 'one flight at a time');
  syncs[0]?.resolve();
  await first;
  await untilSynced(syncs, 2);
  syncs[1]?.resolve();
  await Promise.all(others);
  assert.deepEqual(happened.slice(0, 3), [
    'takes off: 1,a',
    'takes off: 2,b 3,c 4,d 5,e 6,f 7,g 8,h 9,i 10,j',
    'told: a',
  ]);
});

test('a batch gathers as long as those who were told send more, and takes off when no more comes', async () => {
  const { happened, syncs, tell } = watchedLedger();
  const landing = [...'abc'].map((row) => tell(row).then(() => tell(`${row} again`)));
  await untilSynced(syncs, 1);
  const waiting = tell('d');
  syncs[0]?.resolve();
  await untilSynced(syncs, 2);
  syncs[1]?.resolve();
  await Promise.all([...landing, waiting]);
  assert.deepEqual(happened.slice(0, 5), [
    'takes off: 1,a 2,b 3,c',
    'told: a',
    'told: b',
    'told: c',
    'takes off: 4,d 5,a again 6,b again 7,c again',
  ]);
  assert.equal(syncs.length, 2);
});

async function untilSynced(syncs: readonly unknown[], count: number): Promise<void> {
  while (syncs.length < count) await new Promise((resolve) => setImmediate(resolve));
}

test('async durability writes and does not sync', async () => {
  const { disk, append } = plantedLedger('async');
  assert.equal(await append('a'), 'open');
  assert.equal(disk.syncs, 0);
});

test('a full disk refuses the batch, leaves no part of it, and the sequence has no gap afterwards', async () => {
  const { disk, ledger, append, states, room } = plantedLedger();
  await append('a');
  disk.writeError = 'ENOSPC';
  assert.equal(await append('b'), 'full');
  assert.equal(disk.content.toString(), '1,a\n');
  assert.equal(await append('c'), 'full');
  disk.writeError = '';
  room.resolve();
  await room.promise;
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(ledger.state, 'open');
  assert.equal(await append('d'), 'open');
  assert.equal(disk.content.toString(), '1,a\n2,d\n');
  assert.deepEqual(states, ['full', 'open']);
});

test('after a failed sync nothing is acknowledged any more, though a later sync would succeed', async () => {
  const { disk, ledger, append } = plantedLedger();
  await append('a');
  const bytes = ledger.durableBytes;
  disk.syncError = 'EIO';
  assert.equal(await append('b'), 'failed');
  disk.syncError = '';
  assert.equal(await append('c'), 'failed');
  assert.equal(ledger.durableBytes, bytes);
  assert.equal(disk.content.subarray(0, bytes).toString(), '1,a\n');
});

test('a write error that is no full disk is final', async () => {
  const { disk, append, states } = plantedLedger();
  disk.writeError = 'EIO';
  assert.equal(await append('a'), 'failed');
  assert.deepEqual(states, ['failed']);
});
