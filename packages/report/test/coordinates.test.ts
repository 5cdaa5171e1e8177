import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundNumbers } from '../src/drawing/plot.ts';

test('coordinates far beyond the figure end at its surroundings, all others stay as they are', () => {
  assert.equal(boundNumbers('M1.5,-2L672,123456789.25L-3e+21,4'), 'M1.5,-2L672,10000L-10000,4');
  assert.equal(boundNumbers('translate(0.5,390)'), 'translate(0.5,390)');
  assert.equal(boundNumbers('1e-7'), '1e-7');
});
