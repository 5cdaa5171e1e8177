import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseExperiment } from '@escala/lab';
import { exitCodes, problems } from '@escala/model';
import { referencePages } from '../../docs/generate.ts';
import { environmentVariables } from '../../docs/pages/environment-variables.ts';
import { experimentKeys } from '../../docs/pages/experiment-keys.ts';
import { projectFiles, projectFolder } from './markdown.ts';

const read = (file: string) => readFileSync(join(projectFolder, file), 'utf8');

for (const [name, text] of Object.entries(referencePages())) {
  test(`docs/reference/${name} is what the code says (else: npm run generate)`, () => {
    assert.ok(read(`docs/reference/${name}`) === text, `docs/reference/${name} is stale`);
  });
}

test('every problem and every exit code has its row', () => {
  const [problemsPage, codesPage] = [
    read('docs/reference/problems.md'),
    read('docs/reference/exit-codes.md'),
  ];
  const missing = Object.keys(problems).filter((code) => !problemsPage.includes(`| \`${code}\` |`));
  assert.deepEqual(missing, []);
  assert.deepEqual(
    Object.keys(exitCodes).filter((code) => !codesPage.includes(`\n| ${code} |`)),
    [],
  );
});

const least = ['replicas: 1', 'clients: 1', 'messages: 1'];
/** A whole experiment with one line more; it stands in for a key that the least experiment has. */
function experimentWith(line: string) {
  const key = line.slice(0, line.indexOf(':'));
  const others = least.filter((one) => !one.startsWith(`${key}:`));
  return parseExperiment([...others, line].join('\n'), 'example.yaml');
}

for (const [key, { example, fallback }] of Object.entries(experimentKeys)) {
  test(`the page of experiment keys gives a right example and default of ${key}`, () => {
    assert.ok(example.startsWith(`${key}:`));
    experimentWith(example);
    if (fallback !== null) {
      assert.deepEqual(
        experimentWith(`${key}: ${fallback}`),
        parseExperiment(least.join('\n'), 'least.yaml'),
      );
    }
  });
}

/** Names in capitals that a source takes out of the environment, one by one or unpacked together. */
function variablesIn(source: string): string[] {
  const single = source.matchAll(/(?:environment|process\.env)\??\.?\[?'?([A-Z][A-Z_]+)\b/g);
  const unpacked = source.matchAll(
    /\{([A-Z_, ]+)\}(?:: NodeJS\.ProcessEnv| = (?:process\.env|environment)\b)/g,
  );
  return [
    ...[...single].map(([, name = '']) => name),
    ...[...unpacked].flatMap(([, list = '']) => list.split(',').map((name) => name.trim())),
  ];
}

test('every environment variable that the command line reads is on its page', () => {
  const room = /^packages\/(cli|lab|report|dashboard|model)\/src\/.*\.ts$/;
  const names = projectFiles.filter((file) => room.test(file)).flatMap((file) => variablesIn(read(file)));
  for (const known of ['CI', 'LANG', 'NO_COLOR']) assert.ok(names.includes(known), known);
  assert.deepEqual(
    names.filter((name) => !(name in environmentVariables)),
    [],
  );
});
