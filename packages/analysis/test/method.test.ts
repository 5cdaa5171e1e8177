import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimateMedian } from '../src/estimates.ts';
import { analyseKnownStudy } from './coverage-study.ts';
import { simulatedCell } from './oracle/simulated-experiment.ts';

test('the method of percentiles over rounds is the one that their intervals name', () => {
  for (const rounds of [2, 5, 6, 9]) {
    const cells = [simulatedCell({ replicas: 1, clients: 10, messages: 100 })];
    const { method } = analyseKnownStudy({ seed: 'method', cells, rounds, noise: 0, truth: () => 100 });
    const values = Array.from({ length: rounds }, (_, i) => 10 + i);
    assert.equal(method.percentileInterval, estimateMedian(values)?.ci95?.method);
  }
});
