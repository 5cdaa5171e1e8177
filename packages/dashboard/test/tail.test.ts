import assert from 'node:assert/strict';
import { appendFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { Tail } from '../src/follow-run.ts';

function fileOf(context: TestContext): string {
  const folder = temporaryFolder(context);
  return join(folder, 'events.ndjson');
}

test('a tail gives each whole line once, and a torn one when it is whole', async (context) => {
  const file = fileOf(context);
  writeFileSync(file, 'one\ntwo\nthr');
  const tail = new Tail(file);
  assert.deepEqual((await tail.look())?.lines, ['one', 'two']);
  assert.deepEqual((await tail.look())?.lines, []);
  appendFileSync(file, 'ee é\n');
  assert.deepEqual(await tail.look(), { startedAnew: false, lines: ['three é'], hasMore: false });
});

test('a tail waits for a file that is not there, and for one that went and came back', async (context) => {
  const file = fileOf(context);
  const tail = new Tail(file);
  assert.equal(await tail.look(), undefined);
  writeFileSync(file, 'one\n');
  assert.deepEqual((await tail.look())?.lines, ['one']);
  renameSync(file, `${file}.away`);
  assert.equal(await tail.look(), undefined);
  renameSync(`${file}.away`, file);
  appendFileSync(file, 'two\n');
  assert.deepEqual(await tail.look(), { startedAnew: false, lines: ['two'], hasMore: false });
});

test('cutting a torn line, as a resumed run does, repeats nothing', async (context) => {
  const file = fileOf(context);
  writeFileSync(file, 'one\ntorn');
  const tail = new Tail(file);
  assert.deepEqual((await tail.look())?.lines, ['one']);
  truncateSync(file, 'one\n'.length);
  appendFileSync(file, 'two\n');
  assert.deepEqual(await tail.look(), { startedAnew: false, lines: ['two'], hasMore: false });
});

test('another file of the same name, and a shorter one, are read from the beginning', async (context) => {
  const file = fileOf(context);
  writeFileSync(file, 'one\ntwo\n');
  const tail = new Tail(file);
  await tail.look();
  writeFileSync(`${file}.new`, 'of another run\nmore\nmore\n');
  renameSync(`${file}.new`, file);
  assert.deepEqual(await tail.look(), {
    startedAnew: true,
    lines: ['of another run', 'more', 'more'],
    hasMore: false,
  });
  truncateSync(file, 'of another run\n'.length);
  assert.deepEqual((await tail.look())?.lines, ['of another run']);
});

test('a file larger than one look is read in several, without loss', async (context) => {
  const file = fileOf(context);
  const lines = Array.from({ length: 60_000 }, (_, i) => `${i}:${'x'.repeat(90)}`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  const tail = new Tail(file);
  const read: string[] = [];
  for (let hasMore = true, looks = 0; hasMore && looks < 10; looks++) {
    const found = await tail.look();
    read.push(...(found?.lines ?? []));
    hasMore = found?.hasMore ?? false;
  }
  assert.deepEqual(read, lines);
});
