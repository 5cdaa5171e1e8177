import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jsonFault } from '../src/json-fault.ts';

test('the place of a fault is the first character that cannot stand there', () => {
  assert.equal(jsonFault('{"run": tru}'), 8);
  assert.equal(jsonFault('{"run": 1,}'), 10);
  assert.equal(jsonFault('{"run" 1}'), 7);
  assert.equal(jsonFault('[1 2]'), 3);
  assert.equal(jsonFault(''), 0);
  assert.equal(jsonFault('{"a":1'), 6);
});

test('it finds a fault exactly where JSON.parse throws', () => {
  const cut = fc.tuple(
    fc.json(),
    fc.nat(40),
    fc.constantFrom('', '"', '}', ']', ',', ':', '1', 'x', '\\', '\n'),
  );
  fc.assert(
    fc.property(cut, ([json, at, put]) => {
      const text = json.slice(0, at) + put + json.slice(at + 1);
      let parses = true;
      try {
        JSON.parse(text);
      } catch {
        parses = false;
      }
      assert.equal(jsonFault(text) === undefined, parses, text);
    }),
    { numRuns: 3_000 },
  );
});
