import { test } from 'node:test';
import { assertFewFalseVerdicts } from './same-system.ts';

test('two runs of the same system: at most 5 % of cells get a false verdict over 1000 comparisons', (t) => {
  assertFewFalseVerdicts(t, 1_000);
});
