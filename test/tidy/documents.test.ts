// What the pages for contributors say of files is true of them.
import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { auditNames } from '@escala/model';

const root = join(import.meta.dirname, '../..');
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

/** Names of files and folders in backticks: with a folder, and without a place to fill in. */
const filesIn = (text: string) =>
  [...text.matchAll(/`((?:packages|client|server|test|docs|bench|bin|experiments)\/[\w./@-]+)`/g)].map(
    ([, file = '']) => file,
  );

for (const page of ['CONTRIBUTING.md', 'docs/explanation/architecture.md']) {
  test(`each file that ${page} names exists`, () => {
    const named = filesIn(textOf(page));
    assert.ok(named.length > 10, `${named.length}`);
    assert.deepEqual(
      named.filter((file) => !existsSync(join(root, file))),
      [],
    );
  });
}

test('an audit is one file of logic, named as the audit is', () => {
  const files = readdirSync(join(root, 'packages/analysis/src/audits')).map((file) =>
    file.replace(/\.ts$/, ''),
  );
  const shared = ['all', 'audit', 'client-activity'];
  assert.deepEqual(files.filter((file) => !shared.includes(file)).sort(), [...auditNames].sort());
});

test('a language is one file of the catalogue', () => {
  const files = globSync('packages/model/src/sentences/*.json', { cwd: root }).map((file) =>
    file.split('/').at(-1),
  );
  assert.deepEqual(files.sort(), ['en.json', 'pt-BR.json']);
});
