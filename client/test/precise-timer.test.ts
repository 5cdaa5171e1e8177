import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PreciseTimer } from '../src/load/precise-timer.ts';

/** A clock that only its reader moves: 10 µs a look. */
function steppingClock() {
  let us = 0;
  return { nowUs: () => (us += 10) };
}

test('callbacks are called in the order of their instants, each once and never early', async () => {
  const clock = steppingClock();
  const timer = new PreciseTimer(clock, () => 0);
  const called: [dueUs: number, atUs: number][] = [];
  const dues = [900, 300, 1_200, 300, 700, 50];
  await new Promise<void>((resolve) => {
    for (const due of dues) {
      timer.at(due, () => {
        called.push([due, clock.nowUs()]);
        if (called.length === dues.length) resolve();
      });
    }
  });
  assert.deepEqual(
    called.map(([due]) => due),
    dues.toSorted((a, b) => a - b),
  );
  for (const [due, at] of called) assert.ok(at >= due, `${due} was called at ${at}`);
});

test('a callback that is set in a callback is called too, and a cleared one never', async () => {
  const timer = new PreciseTimer(steppingClock(), () => 0);
  const called: string[] = [];
  await new Promise<void>((resolve) => {
    timer.at(200, () => {
      called.push('first');
      timer.after(100, () => {
        called.push('second');
        timer.at(5_000, () => called.push('cleared'));
        timer.clear();
        setTimeout(resolve, 10);
      });
    });
  });
  assert.deepEqual(called, ['first', 'second']);
});

test('turns that do nothing count as idle, and turns in which something was done do not', async () => {
  const waiting = new PreciseTimer(steppingClock(), () => 0);
  await new Promise<void>((resolve) => waiting.at(1_000, resolve));
  // A turn looks at the clock three times here, and one of the three steps lies between its two ends.
  assert.ok(waiting.idleUs >= 300, String(waiting.idleUs));

  let work = 0;
  const working = new PreciseTimer(steppingClock(), () => work++);
  await new Promise<void>((resolve) => working.at(1_000, resolve));
  assert.equal(working.idleUs, 0);
});
