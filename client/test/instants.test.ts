import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CountsInTime, countWithin, FirstInstants } from '../src/measure/instants.ts';

const epochUs = 1_790_000_000_000_000;
const offsets = fc.array(fc.nat({ max: 4_000_000_000 }), { minLength: 1, maxLength: 200 });

test('buckets of any number of threads count what lies in a stretch of time, which is hardly shorter than asked', () => {
  fc.assert(
    fc.property(fc.array(offsets, { minLength: 1, maxLength: 3 }), offsets, (threads, ends) => {
      const parts = threads.map((thread) => {
        const counts = new CountsInTime();
        for (const us of thread.sort((a, b) => a - b)) counts.add(epochUs + us);
        return counts;
      });
      const [fromUs, toUs] = [epochUs + Math.min(...ends), epochUs + Math.max(...ends)];
      const widthUs = Math.max(...parts.map((part) => part.widthUs));
      const found = countWithin(parts, fromUs, toUs);
      if (found === undefined) return assert.ok(toUs - fromUs < 2 * widthUs);
      const [from, to] = [Math.ceil(fromUs / widthUs) * widthUs, Math.floor(toUs / widthUs) * widthUs];
      assert.equal(found.us, to - from);
      assert.ok(found.us > toUs - fromUs - 2 * widthUs);
      const expected = threads.flat().filter((us) => epochUs + us > from && epochUs + us <= to).length;
      assert.equal(found.count, expected);
    }),
  );
});

test('as long as 16 ms have not passed, a bucket is a microsecond, and the stretch is what was asked for', () => {
  const counts = new CountsInTime();
  for (const us of [0, 3, 3, 9, 16_000]) counts.add(epochUs + us);
  assert.equal(counts.widthUs, 1);
  assert.deepEqual(countWithin([counts], epochUs, epochUs + 9), { count: 3, us: 9 });
});

test('a bucket is never wider than 1/8192 of the time that passed', () => {
  const counts = new CountsInTime();
  for (let us = 0; us < 3_600_000_000; us += 7_654_321) {
    counts.add(epochUs + us);
    assert.ok(counts.widthUs <= Math.max(1, us / 8_191), `${counts.widthUs} after ${us}`);
  }
});

test('only the first instants are kept, and until when they are all is known', () => {
  const instants = new FirstInstants();
  for (let us = 1; us <= 300_000; us++) instants.add(epochUs + us);
  assert.equal(instants.count, 262_144);
  assert.equal(instants.wholeUntilUs, epochUs + 262_144);
  assert.equal([...instants.values()].at(-1), instants.wholeUntilUs);
  const few = new FirstInstants();
  few.add(epochUs);
  assert.deepEqual([few.wholeUntilUs, [...few.values()]], [Number.POSITIVE_INFINITY, [epochUs]]);
});
