import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditContext } from '../src/audits/audit.ts';
import { utilisation } from '../src/audits/laws/utilisation.ts';
import type { TrialFacts } from '../src/trial-facts.ts';

/** The finding on one replica that served for `busyUs` of `spanUs`, `parallelism` at once. */
function findingOf(busyUs: number, spanUs: number, parallelism = 1): string {
  const facts = { replicas: [{ name: 'a', busyUs, spanUs }] } as unknown as TrialFacts;
  const context = { experiment: { service: { parallelism } } } as unknown as AuditContext;
  return utilisation(facts, context).finding;
}

test('a replica that served for longer than there was time is found', () => {
  assert.equal(findingOf(990_000, 1_000_000), 'utilisation.possible');
  assert.equal(findingOf(1_030_000, 1_000_000), 'utilisation.impossible');
  assert.equal(findingOf(4_080_000, 1_000_000, 4), 'utilisation.possible');
  assert.equal(findingOf(4_200_000, 1_000_000, 4), 'utilisation.impossible');
});

test('two requests of a burst, received together, may seem to overlap by a moment', () => {
  assert.equal(findingOf(2_000, 1_855), 'utilisation.possible');
  assert.equal(findingOf(2_000, 900), 'utilisation.impossible');
});
