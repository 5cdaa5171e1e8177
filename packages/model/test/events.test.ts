import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseEvent } from '../src/study/index.ts';

const at = { atUs: 1, cell: 'node-r1-c1-m1', round: 1 };

test('an event of a later version, and a key that is not known here, stay as they are', () => {
  for (const event of [
    { type: 'moon-rose', atUs: 1, phase: 'full' },
    { type: 'trial-prepared', ...at, planIndex: 0, attempt: 1, mood: 'good' },
  ]) {
    assert.deepEqual(parseEvent(JSON.stringify(event)), event);
  }
});

test('a line that is no event, and an event without what its type has, is none', () => {
  for (const line of [
    '',
    'null',
    '7',
    '{}',
    '{"type":"a"}',
    '{"type":"a","atUs":"soon"}',
    '{"type":"a","at',
  ]) {
    assert.equal(parseEvent(line), null, line);
  }
  assert.equal(parseEvent(JSON.stringify({ type: 'trial-prepared', ...at, planIndex: 0 })), null);
});

test('a reason from before reasons were said in both languages is read as both', () => {
  const event = parseEvent(JSON.stringify({ type: 'trial-dropped', ...at, reason: 'no answer' }));
  assert.deepEqual(event, {
    type: 'trial-dropped',
    ...at,
    reason: { en: 'no answer', 'pt-BR': 'no answer' },
  });
});
