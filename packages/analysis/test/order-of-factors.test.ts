import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cell } from '@escala/model';
import { inOrderOfFactors } from '../src/study/order-of-factors.ts';

const cell = (levels: Partial<Cell>): Cell => ({
  ...{ key: '', system: 'node', replicas: 1, clients: 1, messages: 1 },
  ...{ ratePerSecond: null, arrivals: 'poisson', durationUs: 0, maxConnections: 1, payloadBytes: 0 },
  ...{ thinkTimeUs: 0, thinkDistribution: 'fixed', keepAlive: true, timeoutUs: 1, ...levels },
});

test('cells stand in the order of their levels as numbers, for rates and further factors, too', () => {
  const ordered = [
    cell({ system: 'go', replicas: 10 }),
    cell({ replicas: 2, ratePerSecond: 200 }),
    cell({ replicas: 2, ratePerSecond: 1200, payloadBytes: 256 }),
    cell({ replicas: 2, ratePerSecond: 1200, payloadBytes: 4096 }),
    cell({ replicas: 10, key: 'a' }),
    cell({ replicas: 10, key: 'b', keepAlive: false }),
    cell({ messages: 10 }),
  ];
  assert.deepEqual([...ordered].reverse().sort(inOrderOfFactors), ordered);
});
