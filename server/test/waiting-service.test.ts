import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import { createWaitingService } from '../src/service/service.ts';

/** Time that passes only as the test says; timers fire late by `latenessUs`. */
function virtualTime(latenessUs = 0) {
  let nowUs = 0;
  let pending: { atUs: number; callback: () => void } | undefined;
  const time: Parameters<typeof createWaitingService>[1] = {
    nowUs: () => nowUs,
    after(delayUs, callback) {
      pending = { atUs: nowUs + delayUs + latenessUs, callback };
      return () => {
        pending = undefined;
      };
    },
  };
  const advanceTo = (targetUs: number) => {
    for (let due = pending; due && due.atUs <= targetUs; due = pending) {
      pending = undefined;
      nowUs = Math.max(nowUs, due.atUs);
      due.callback();
    }
    nowUs = targetUs;
  };
  return { time, advanceTo };
}

/** Mean wait in the queue of `count` Poisson arrivals, in service times. */
function meanWait(load: number, parallelism: number, count: number): number {
  const serviceUs = 1_000;
  const { time, advanceTo } = virtualTime();
  const service = createWaitingService({ serviceUs, parallelism }, time);
  const random = createRandom('M/D/c');
  let [arrivalUs, total, served] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    arrivalUs += random.exponential(serviceUs / (load * parallelism));
    advanceTo(arrivalUs);
    service.request({
      served(queueUs) {
        total += queueUs;
        served++;
      },
    });
  }
  advanceTo(arrivalUs * 2);
  assert.equal(served, count);
  return total / count / serviceUs;
}

/** Mean number of customers in M/D/c from Crommelin's equations: what is there after one service time came in it. */
function crommelinMeanWait(load: number, c: number): number {
  const rate = load * c;
  const states = 400;
  const poisson = [Math.exp(-rate)];
  for (let k = 1; k < states; k++) poisson.push(((poisson[k - 1] as number) * rate) / k);
  let p: number[] = [1, ...Array(states - 1).fill(0)];
  for (let step = 0; step < 4_000; step++) {
    const next: number[] = Array(states).fill(0);
    for (const [before, probability] of p.entries()) {
      const left = Math.max(0, before - c);
      for (let k = 0; left + k < states && k < 60; k++) {
        next[left + k] = (next[left + k] as number) + probability * (poisson[k] as number);
      }
    }
    const moved = next.reduce((sum, value, i) => sum + Math.abs(value - (p[i] as number)), 0);
    p = next;
    if (moved < 1e-12) break;
  }
  const queue = p.reduce((sum, probability, n) => sum + Math.max(0, n - c) * probability, 0);
  return queue / rate;
}

test('Poisson arrivals wait as long as M/D/1 says: ρ / 2(1 − ρ) service times', () => {
  for (const load of [0.3, 0.6, 0.8]) {
    const expected = load / (2 * (1 - load));
    const measured = meanWait(load, 1, 400_000);
    assert.ok(Math.abs(measured / expected - 1) < 0.03, `load ${load}: ${measured}, not ${expected}`);
  }
});

test('Poisson arrivals wait as long as M/D/c says, with 2 and 4 servers', () => {
  assert.ok(Math.abs(crommelinMeanWait(0.6, 1) - 0.75) < 1e-6, 'the equations give M/D/1 too');
  for (const c of [2, 4]) {
    const expected = crommelinMeanWait(0.8, c);
    const measured = meanWait(0.8, c, 400_000);
    assert.ok(Math.abs(measured / expected - 1) < 0.04, `${c} servers: ${measured}, not ${expected}`);
  }
});

test('D/D/1: even arrivals below capacity never wait, and above it each waits for all before it', () => {
  for (const [gapUs, waits] of [
    [1_250, [0, 0, 0, 0]],
    [600, [0, 400, 800, 1_200]],
  ] as const) {
    const { time, advanceTo } = virtualTime();
    const service = createWaitingService({ serviceUs: 1_000, parallelism: 1 }, time);
    const queued: number[] = [];
    for (let i = 0; i < 4; i++) {
      advanceTo(i * gapUs);
      service.request({ served: (queueUs) => queued.push(queueUs) });
    }
    advanceTo(100_000);
    assert.deepEqual(queued, waits);
  }
});

test('late timers delay answers, but a busy server keeps its capacity', () => {
  const { time, advanceTo } = virtualTime(80);
  const service = createWaitingService({ serviceUs: 1_000, parallelism: 1 }, time);
  let served = 0;
  const client = { served: () => again(true) };
  function again(counts: boolean) {
    if (counts) served++;
    service.request(client);
  }
  for (let i = 0; i < 5; i++) again(false);
  advanceTo(1_000_000);
  assert.ok(served >= 998 && served <= 1_000, `${served} served in a second of 1 ms services`);
});
