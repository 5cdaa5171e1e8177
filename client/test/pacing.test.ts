import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arrivals } from '@escala/model';
import { nextPace, type Pace } from '../src/load/open-loop.ts';

const process = { ratePerSecond: 1_000, durationUs: 5_000_000, seed: '7' };

test('uniform arrivals are evenly spaced and as many as the rate says', () => {
  const arrivals = new Arrivals({ ...process, arrivals: 'uniform' });
  assert.equal(arrivals.count(), 5_000);
  assert.equal(arrivals.dueUs(0), 0);
  assert.equal(arrivals.dueUs(4_999), 4_999_000);
  assert.equal(arrivals.dueUs(5_000), undefined);
});

test('poisson arrivals have exponential gaps, and each instant depends on its number alone', () => {
  const arrivals = new Arrivals({ ...process, arrivals: 'poisson' });
  const count = arrivals.count();
  // Six standard deviations of a Poisson count with mean 5000; the seed is fixed, so it never varies.
  assert.ok(Math.abs(count - 5_000) < 6 * Math.sqrt(5_000), String(count));
  const due = Array.from({ length: count }, (_, i) => arrivals.dueUs(i) as number);
  const gaps = due.slice(1).map((at, i) => at - (due[i] as number));
  const mean = gaps.reduce((a, b) => a + b) / gaps.length;
  const cv = Math.sqrt(gaps.reduce((a, b) => a + (b - mean) ** 2, 0) / gaps.length) / mean;
  assert.ok(cv > 0.95 && cv < 1.05, String(cv));
  const again = new Arrivals({ ...process, arrivals: 'poisson' });
  for (const index of [4_000, 3, 1_024, 1_023, 2_050]) assert.equal(again.dueUs(index), due[index]);
});

test('a pacer that is on time follows the schedule', () => {
  assert.deepEqual(nextPace({ dueUs: 1_000, goUs: 1_000 }, 1_090, 2_000), { dueUs: 2_000, goUs: 2_000 });
});

test('a pacer that was held up catches up at a bounded speed and makes no burst', () => {
  let pace: Pace = { dueUs: 0, goUs: 0 };
  // The arrival that was due at 0 went 50 ms late; from then on each goes the moment it may.
  let sentUs = 50_000;
  const sent = [sentUs];
  for (let i = 1; i <= 170; i++) {
    pace = nextPace(pace, sentUs, i * 1_000);
    sentUs = pace.goUs;
    sent.push(sentUs);
  }
  // Gaps of 1 ms become two thirds of one: a delay of 50 ms is over after 150 arrivals.
  for (let i = 1; i < sent.length; i++) {
    const gapUs = (sent[i] as number) - (sent[i - 1] as number);
    assert.ok(gapUs > (2 / 3) * 1_000 - 0.01, `${i}: ${gapUs}`);
  }
  assert.ok((sent[149] as number) > 149_000);
  assert.ok(Math.abs((sent[150] as number) - 150_000) < 0.01);
  assert.equal(sent[170], 170_000);
});
