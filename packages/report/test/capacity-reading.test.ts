import assert from 'node:assert/strict';
import test from 'node:test';
import { capacity } from '../src/figures/capacity.ts';
import { changedResults, smallStudy } from './temporary-run.ts';

type Verdict = 'met' | 'violated' | 'not-assessable';
const least = Math.min(...(smallStudy.clients ?? []));

/** The sentence below the figure where no capacity is strict, and the largest load that is met is `theodolite`. */
function readingOf(verdictAt: (clients: number) => Verdict, theodolite: number | null): string {
  const results = changedResults((changed) => {
    for (const { decisions, capacity: steps } of changed.capacities) {
      for (const decision of decisions) decision.verdict = verdictAt(decision.clients);
      for (const step of steps) Object.assign(step, { strict: null, theodolite, censored: false });
    }
  });
  const content = capacity.of(results);
  assert.ok(content);
  return content.reading('en');
}

const exceptLeast = (other: Verdict) => (clients: number) => (clients === least ? 'not-assessable' : other);

test('a load that is met above one that is not shown to be is named', () => {
  assert.match(readingOf(exceptLeast('met'), 100), /is met for 100 clients, and yet not shown for fewer/);
});

test('"not met with any number of replicas" is said only where all were assessed', () => {
  assert.match(
    readingOf(() => 'violated', null),
    /is not met with any number of replicas/,
  );
  assert.match(readingOf(exceptLeast('violated'), null), /cannot be assessed everywhere/);
});
