import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventNames as declared } from '@escala/model/study';
import { eventNames } from '../../packages/dashboard/src/page/stream.js';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

test('the page of events has each event of the code, in its order, and no other', () => {
  const described = [...read('docs/reference/events.md').matchAll(/^## `([\w-]+)`$/gm)].map(
    ([, name]) => name,
  );
  assert.ok(declared.length > 10);
  assert.deepEqual(described, declared);
});

test('the live page listens to each event of the code, and to no other', () => {
  assert.deepEqual(eventNames, declared);
});
