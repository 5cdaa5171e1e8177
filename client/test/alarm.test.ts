import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Alarm } from '../src/load/alarm.ts';

/** A clock that only its reader moves: 10 µs a look. */
function steppingClock() {
  let us = 0;
  return { nowUs: () => (us += 10) };
}

test('an alarm rings in the order of the instants, each once and never early', async () => {
  const clock = steppingClock();
  const alarm = new Alarm(clock, () => 0);
  const rung: [dueUs: number, atUs: number][] = [];
  const dues = [900, 300, 1_200, 300, 700, 50];
  await new Promise<void>((resolve) => {
    for (const due of dues) {
      alarm.at(due, () => {
        rung.push([due, clock.nowUs()]);
        if (rung.length === dues.length) resolve();
      });
    }
  });
  assert.deepEqual(
    rung.map(([due]) => due),
    dues.toSorted((a, b) => a - b),
  );
  for (const [due, at] of rung) assert.ok(at >= due, `${due} rang at ${at}`);
});

test('what is set while it rings is rung too, and what is cleared never', async () => {
  const alarm = new Alarm(steppingClock(), () => 0);
  const rung: string[] = [];
  await new Promise<void>((resolve) => {
    alarm.at(200, () => {
      rung.push('first');
      alarm.after(100, () => {
        rung.push('second');
        alarm.at(5_000, () => rung.push('cleared'));
        alarm.clear();
        setTimeout(resolve, 10);
      });
    });
  });
  assert.deepEqual(rung, ['first', 'second']);
});

test('turns that do nothing count as idle, and turns in which something was done do not', async () => {
  const waiting = new Alarm(steppingClock(), () => 0);
  await new Promise<void>((resolve) => waiting.at(1_000, resolve));
  // A turn looks at the clock three times here, and one of the three steps lies between its two ends.
  assert.ok(waiting.idleUs >= 300, String(waiting.idleUs));

  let work = 0;
  const working = new Alarm(steppingClock(), () => work++);
  await new Promise<void>((resolve) => working.at(1_000, resolve));
  assert.equal(working.idleUs, 0);
});
