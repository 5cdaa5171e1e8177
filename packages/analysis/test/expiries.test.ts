import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expiriesOf } from '../src/study/expiries.ts';
import type { StatusFacts, TrialFacts } from '../src/trial-facts.ts';
import { simulatedCell, simulatedExperiment } from './oracle/simulated-experiment.ts';

const cell = simulatedCell({ replicas: 1, clients: 2, messages: 100 });
const experiment = simulatedExperiment([cell], { rounds: 2 });

type Answers = Partial<StatusFacts> & Pick<StatusFacts, 'status' | 'firstDoneUs' | 'lastSentUs'>;

/** Two rounds of a second each that began at 0 and at 1 s, with these answers. */
function expiriesIn(...rounds: readonly (readonly Answers[])[]) {
  const facts = rounds.map((answers, i) => ({
    record: { cell, round: i + 1, startAtUs: i * 1_000_000 },
    statuses: answers.map((one) => ({ isRejected: one.status >= 400, n: 50, ...one })),
  }));
  return expiriesOf(facts as unknown as TrialFacts[], experiment).expiries;
}

const taken = { status: 200, firstDoneUs: 1_000, lastSentUs: 990_000 };
const takenLater = { status: 200, firstDoneUs: 1_001_000, lastSentUs: 1_400_000 };
const refusedLater = { status: 401, firstDoneUs: 1_400_500, lastSentUs: 1_990_000 };

test('from one instant on and until the end, every answer is 401: a token has expired there', () => {
  const expiry = { system: 'node', status: 401, cell: cell.key, round: 2, afterUs: 400_500, answers: 50 };
  assert.deepEqual(expiriesIn([taken], [takenLater, refusedLater]), [expiry]);
  assert.deepEqual(expiriesIn([taken, { ...refusedLater, firstDoneUs: 990_100 }], [{ ...refusedLater }]), [
    { ...expiry, round: 1, afterUs: 990_100, answers: 100 },
  ]);
  const forbidden = expiriesIn([taken], [takenLater, { ...refusedLater, status: 403 }]);
  assert.equal(forbidden?.[0]?.status, 403);
});

test('a token that was never taken, that is refused now and then, or for a while, has not expired', () => {
  const fromTheStart = { status: 401, firstDoneUs: 500, lastSentUs: 1_990_000 };
  assert.equal(expiriesIn([fromTheStart]), undefined);
  assert.equal(expiriesIn([fromTheStart, { ...taken, lastSentUs: 1_980_000 }]), undefined, 'now and then');
  assert.equal(expiriesIn([taken, { ...refusedLater, firstDoneUs: 500_000 }], [takenLater]), undefined);
  assert.equal(expiriesIn([taken], [takenLater, { ...refusedLater, n: 9 }]), undefined, 'a few');
  const busy = { status: 503, firstDoneUs: 1_000, lastSentUs: 990_000 };
  assert.equal(expiriesIn([busy], [refusedLater]), undefined, 'nothing was ever answered');
});

test('a status that the request expects is an answer like any other', () => {
  assert.equal(expiriesIn([taken], [takenLater, { ...refusedLater, isRejected: false }]), undefined);
});
