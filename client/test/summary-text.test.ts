import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Language, languages } from '@escala/model';
import { ExactCounts } from '../src/measure/exact-counts.ts';
import { percentilesOf } from '../src/summary/judge-thresholds.ts';
import { signs } from '../src/summary/own-limits.ts';
import type { Summary } from '../src/summary/summary.ts';
import { summaryText } from '../src/summary/summary-text.ts';

function latencies(n: number, stepUs: number): ExactCounts {
  const counts = new ExactCounts();
  for (let i = 1; i <= n; i++) counts.add(i * stepUs);
  return counts;
}

const many = Object.fromEntries(
  Array.from({ length: 15 }, (_, i) => [`replica-${i}-${'x'.repeat(110)}`, 1_234_567_890]),
);

/** Everything that can be said, at its longest. */
function fullSummary(latency: ExactCounts): Summary {
  return {
    requests: 9_999_999_999,
    answered: 9_999_999_990,
    failed: {
      rejected: 1_234_567,
      refused: 1_234_567,
      reset: 1_234_567,
      timeout: 1_234_567,
      unsent: 1_234_567,
    },
    statuses: { 200: 1_234_567, 503: 9_999_999_999 },
    causes: many,
    seconds: 123_456.789,
    throughput: 123_456.789,
    throughputWindow: 123_456.789,
    windowSeconds: 123_456,
    latencyUs: percentilesOf(latency),
    serviceTimeUs: percentilesOf(latency),
    sendLagUs: { p99: 12_345_678, max: 123_456_789 },
    arrivals: { ratePerSecond: 123_456.789, interarrivalCv: 1.234567, gaps: 262_143 },
    replicas: many,
    addresses: many,
    workers: 64,
    insecure: true,
    interrupted: false,
    health: {
      cpuShare: 0.987654,
      eventLoopDelayUsP99: 12_345_678,
      eventLoopDelayUsMax: 12_345_678,
      gcPauseUsMax: 12_345_678,
      sendLagUsP99: 12_345_678,
      sendLagUsMax: 12_345_678,
      rowsDelayed: true,
      timeWaitSockets: 12_345_678,
    },
    limitedByClient: (Object.keys(signs) as (keyof typeof signs)[]).map((sign) => ({
      sign,
      value: 12_345_678,
      limit: 65_536,
    })),
    thresholds: (['share', 'requests', 'requestsPerSecond', 'us'] as const).map((unit) => ({
      threshold: 'answered >= 12345678.9%',
      limit: 123_456_789,
      unit,
      value: unit === 'us' ? null : 1_234_567.89,
      broken: true,
    })),
  };
}

for (const language of languages) {
  test(`the summary at its longest stays within 80 columns, without colour, in ${language}`, () => {
    const latency = latencies(5_000, 200);
    const text = summaryText(fullSummary(latency), latency, language);
    for (const line of text.split('\n')) assert.ok(line.length <= 80, `${line.length}: ${line}`);
    assert.ok(!text.includes('\u001b'));
    assert.ok(!/\{\w+\}/.test(text), 'a place that nobody filled in');
  });
}

test('what became of the requests is said in the language of the reader', () => {
  const latency = latencies(5_000, 200);
  const labels = (language: Language) =>
    summaryText(fullSummary(latency), latency, language)
      .split('\n')
      .map((line) => line.replace(/^ *[\d.,]+ +/, ''));
  const english = [
    'answered',
    'rejected',
    'refused',
    'reset',
    'timeout',
    'unsent',
    'µs  min',
    'µs  mean',
    'µs  max',
  ];
  const portuguese = labels('pt-BR');
  for (const label of english) {
    assert.ok(labels('en').includes(label), label);
    assert.ok(!portuguese.includes(label), label);
  }
  for (const label of ['respondidas', 'sem resposta no prazo', 'não enviadas', 'µs  média']) {
    assert.ok(portuguese.includes(label), label);
  }
});

test('a percentile has the requests behind it, and is left out where there are too few', () => {
  const few = latencies(40, 1_000);
  const summary = { ...fullSummary(few), latencyUs: percentilesOf(few) };
  const text = summaryText(summary, few, 'en');
  assert.match(text, /latency of 40 answered requests/);
  assert.match(text, /20,000 {2}µs {2}p50\n/);
  assert.match(text, /36,000 {2}µs {2}p90\n/);
  assert.match(text, /- {6}p99: too few requests \(needs 368\)/);
});

test('the histogram counts every request once', () => {
  const latency = latencies(5_000, 200);
  const text = summaryText(fullSummary(latency), latency, 'en');
  const bars = [...text.matchAll(/^ *>= [\d,]+ µs +([\d,]+) #+$/gm)];
  assert.ok(bars.length > 1 && bars.length <= 10);
  assert.equal(
    bars.reduce((sum, [, count = '']) => sum + Number(count.replaceAll(',', '')), 0),
    5_000,
  );
});
