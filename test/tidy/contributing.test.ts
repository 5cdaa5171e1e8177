import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

/** The table "To add": what somebody adds, and the paths that its row names. */
const rows = [...page.matchAll(/^\| (an? [\w ]+) \| (.*) \|$/gm)].map(([, what = '', files = '']) => ({
  what,
  paths: [...files.matchAll(/`([\w./-]+)`/g)].map(([, path = '']) => path),
}));

test('every file that CONTRIBUTING names for an addition exists', () => {
  assert.ok(rows.length > 0);
  const missing = rows.flatMap(({ what, paths }) => {
    assert.ok(paths.length > 0, `${what} names no file`);
    return paths.filter((path) => !existsSync(join(root, path))).map((path) => `${what}: ${path}`);
  });
  assert.deepEqual(missing, []);
});

test('a target costs at most four source files beside its folder', () => {
  const paths = rows.find(({ what }) => what === 'a target')?.paths ?? [];
  const sources = paths.filter((path) => /^(packages|client|server)\/.*\.ts$/.test(path));
  assert.ok(sources.length > 0 && sources.length <= 4, sources.join(', '));
});
