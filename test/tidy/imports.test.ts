import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');

/** Who may import whom. Everything points down to `model`; nobody imports `server` or `client` but the door `cli`. */
const rooms: Record<string, { folder: string; ours: string[]; others: Record<string, string> }> = {
  model: {
    folder: 'packages/model',
    ours: [],
    others: { 'fastest-levenshtein': 'src', zod: 'src/study', 'csv-parse': 'src/requests' },
  },
  stats: { folder: 'packages/stats', ours: [], others: {} },
  server: { folder: 'server', ours: ['model'], others: {} },
  client: { folder: 'client', ours: ['model'], others: { 'hdr-histogram-js': 'src' } },
  lab: {
    folder: 'packages/lab',
    ours: ['model', 'model/study'],
    others: {
      zod: 'src/experiment',
      yaml: 'src',
      'csv-parse': 'src',
      '@kubernetes/client-node': 'src/targets/kubernetes',
    },
  },
  analysis: {
    folder: 'packages/analysis',
    ours: ['model', 'model/study', 'stats'],
    others: { '@duckdb/node-api': 'src', 'csv-parse': 'src' },
  },
  report: {
    folder: 'packages/report',
    ours: ['model', 'model/study'],
    others: {
      '@observablehq/plot': 'src',
      '@resvg/resvg-js': 'src',
      'dejavu-fonts-ttf': 'src',
      linkedom: 'src',
      pdfkit: 'src',
      'svg-to-pdfkit': 'src',
    },
  },
  dashboard: {
    folder: 'packages/dashboard',
    ours: ['model', 'model/study'],
    others: { 'hdr-histogram-js': 'src' },
  },
  cli: {
    folder: 'packages/cli',
    ours: ['model', 'model/study', 'lab', 'analysis', 'report', 'dashboard', 'server', 'client'],
    others: { commander: 'src' },
  },
};

/** Module names that a file imports or re-exports, statically or not; type imports are erased and do not count. */
function importsOf(source: string): string[] {
  const code = stripTypeScriptTypes(source).replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, ' ');
  const pattern = /(?:(?<!-)\bfrom\s*|\bimport\s*\(\s*|\bimport\s*|\bresolve\s*\(\s*)['"]([^'"\n]+)['"]/g;
  return [...code.matchAll(pattern)].map((match) => match[1] ?? '');
}

for (const [name, room] of Object.entries(rooms)) {
  test(`${name} imports only what the table of the house allows`, () => {
    const files = globSync(`${room.folder}/{src,collector}/**/*.ts`, { cwd: root });
    for (const file of files) {
      for (const imported of importsOf(readFileSync(join(root, file), 'utf8'))) {
        if (imported.startsWith('node:')) continue;
        const says = `${file} imports ${imported}`;
        if (imported.startsWith('.')) {
          const within = join(file, '..', imported);
          // The version has one place, the project's own package.json, which every image holds as well.
          const isVersion = file === 'packages/model/src/program/run-program.ts' && within === 'package.json';
          assert.ok(isVersion || within.startsWith(`${room.folder}/`), `${says}, which is in another room`);
        } else if (imported.startsWith('@escala/')) {
          const name = imported.replace('@escala/', '');
          assert.ok(room.ours.includes(name === 'model/study' ? name : (name.split('/')[0] ?? '')), says);
        } else {
          const allowed = Object.entries(room.others).find(
            ([other]) => imported === other || imported.startsWith(`${other}/`),
          );
          assert.ok(allowed && file.startsWith(join(room.folder, allowed[1])), says);
        }
      }
    }
  });
}

test('the table of the house allows nothing that nobody does', () => {
  const idle = Object.entries(rooms).flatMap(([name, { folder, ours, others }]) => {
    const imported = globSync(`${folder}/{src,collector}/**/*.ts`, { cwd: root }).flatMap((file) =>
      importsOf(readFileSync(join(root, file), 'utf8')).map((what) => ({ file, what })),
    );
    const allowed = [...ours.map((one) => [`@escala/${one}`, ''] as const), ...Object.entries(others)];
    return allowed
      .filter(
        ([what, below]) =>
          !imported.some((one) => isOf(one.what, what) && one.file.startsWith(join(folder, below))),
      )
      .map(([what]) => `${name}: ${what}`);
  });
  assert.deepEqual(idle, []);
});

const isOf = (imported: string, name: string) => imported === name || imported.startsWith(`${name}/`);

/** Every file that a file of ours loads, directly or through another. */
function loadedBy(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const imported of importsOf(readFileSync(join(root, file), 'utf8'))) {
    if (/^\.{1,2}\/.*\.ts$/.test(imported)) loadedBy(join(file, '..', imported), found);
  }
  return found;
}

test('what the images take of model loads no schema of files: they have no zod', () => {
  const loaded = [...loadedBy('packages/model/src/index.ts')];
  assert.ok(loaded.includes('packages/model/src/study/names.ts'));
  const loading = loaded.filter((file) => importsOf(readFileSync(join(root, file), 'utf8')).includes('zod'));
  assert.deepEqual(loading, []);
});

test('the lexer sees static, dynamic, bare and re-exporting imports', () => {
  const source = `import a from 'a'; export * from 'b'; import 'c'; const d = await import('d'); import type { E } from 'e'; // import 'f'`;
  assert.deepEqual(importsOf(source), ['a', 'b', 'c', 'd']);
});
