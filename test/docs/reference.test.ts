import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { referencePages } from '../../docs/generate.ts';

for (const [name, text] of Object.entries(referencePages())) {
  test(`docs/reference/${name} is what the code says (else: npm run generate)`, () => {
    const onDisk = readFileSync(join(import.meta.dirname, '../../docs/reference', name), 'utf8');
    assert.ok(onDisk === text, `docs/reference/${name} is stale`);
  });
}
