import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sentences } from '@escala/model';

const lab = join(import.meta.dirname, '../../packages/lab/src');

test('every incident that the lab can tell has its words, and no words are without one', () => {
  const files = readdirSync(lab, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(trial|targets).*\.ts$/.test(file),
  );
  const text = files.map((file) => readFileSync(join(lab, file), 'utf8')).join('\n');
  const known = Object.keys(sentences.model.incidents);
  const told = [
    ...text.matchAll(/(?:\bcode: |\bincident\(|#tell\((?:\s*isAgent \? '[\w-]+' : )?)'([a-z][\w-]+)'/g),
  ].map(([, code = '']) => code);
  const ofAgents = [...text.matchAll(/isAgent \? '([\w-]+)'/g)].map(([, code = '']) => code);
  // `custom` is zod's.
  assert.deepEqual(
    [...new Set([...told, ...ofAgents])].filter((code) => code !== 'custom').sort(),
    known.sort(),
  );
});
