import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { auditNames, languages } from '@escala/model';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

/** The table "To add": what somebody adds, and the paths that its row names. */
const rows = [...page.matchAll(/^\| (an? [\w ]+) \| (.*) \|$/gm)].map(([, what = '', files = '']) => ({
  what,
  paths: [...files.matchAll(/`([\w./-]+)`/g)].map(([, path = '']) => path),
}));

const costs = (what: string) => {
  const paths = rows.find((row) => row.what === what)?.paths ?? [];
  return paths.filter((path) => /^(packages|client|server)\/.*\.ts$/.test(path));
};

test('every file that CONTRIBUTING names for an addition exists', () => {
  assert.ok(rows.length >= 9, `${rows.length}`);
  const missing = rows.flatMap(({ what, paths }) => {
    assert.ok(paths.length > 0, `${what} names no file`);
    return paths.filter((path) => !existsSync(join(root, path))).map((path) => `${what}: ${path}`);
  });
  assert.deepEqual(missing, []);
});

test('a target costs at most four source files beside its folder', () => {
  const sources = costs('a target');
  assert.ok(sources.length > 0 && sources.length <= 4, sources.join(', '));
});

test('a factor costs at most eight source files, and the last is where it acts', () => {
  const sources = costs('a factor');
  assert.ok(sources.length > 0 && sources.length < 8, sources.join(', '));
});

test('an audit is one file of logic, named as the audit is', () => {
  const files = ['laws', 'records', 'conditions'].flatMap((folder) =>
    readdirSync(join(root, 'packages/analysis/src/audits', folder)).map((file) => basename(file, '.ts')),
  );
  const shared = 'client-activity';
  assert.deepEqual(files.filter((file) => file !== shared).sort(), [...auditNames].sort());
});

test('a language is one file of the catalogue', () => {
  const folder = readdirSync(join(root, 'packages/model/src/sentences'));
  const files = folder.filter((file) => file.endsWith('.json'));
  assert.deepEqual(files.sort(), languages.map((language) => `${language}.json`).sort());
});

test('each file that the walk of a message names exists', () => {
  const walk = readFileSync(join(root, 'docs/explanation/architecture.md'), 'utf8');
  const named = [...walk.matchAll(/`((?:packages|client|server|test)\/[\w./-]+)`/g)].map(
    ([, path = '']) => path,
  );
  assert.ok(named.length > 15, `${named.length}`);
  assert.deepEqual(
    named.filter((path) => !existsSync(join(root, path))),
    [],
  );
});
