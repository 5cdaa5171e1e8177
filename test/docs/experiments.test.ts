import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { parseExperiment } from '@escala/lab';
import { targets } from '@escala/lab/targets';
import { systemClock } from '@escala/model';
import { parse } from 'yaml';
import { experimentKeys } from '../../docs/pages/experiment-keys.ts';
import { runCommandLine } from '../../packages/cli/src/main.ts';
import { blocksOf, markdownFiles, projectFiles, projectFolder, readMarkdown } from './markdown.ts';

const files = projectFiles.filter((file) => /^experiments\/.*\.yaml$/.test(file));
/** A day of measuring is no answer to a question; only the long form of the founding study is one. */
const minutesMax = 5;

async function dryRun(file: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const [stdout, stderr]: string[][] = [[], []];
  const output = (lines: string[] = []) => ({
    write: (text: string) => void lines.push(text),
    isTerminal: false,
    columns: null,
  });
  const code = await runCommandLine({
    argv: ['run', join(projectFolder, file), '--dry-run', '--out', join(projectFolder, 'runs/dry')],
    environment: {},
    language: 'en',
    stdout: output(stdout),
    stderr: output(stderr),
    clock: systemClock,
    targets,
    interrupted: () => new AbortController().signal,
  });
  return { code, stdout: stdout?.join('') ?? '', stderr: stderr?.join('') ?? '' };
}

for (const file of files) {
  const text = readFileSync(join(projectFolder, file), 'utf8');

  test(`${file} is a valid experiment that says what it asks, and a page of docs uses it`, () => {
    parseExperiment(text, file);
    const [first = '', second = ''] = text.split('\n');
    const schema = /\$schema=(\S+)$/.exec(first)?.[1] ?? '';
    assert.ok(existsSync(join(projectFolder, dirname(file), schema)), 'the first line names the schema');
    assert.match(second, /^# \S/);
    for (const [page] of text.matchAll(/docs\/\S+\.md/g))
      assert.ok(existsSync(join(projectFolder, page)), page);
    assert.ok(markdownFiles.some((page) => readMarkdown(page).includes(file)));
  });

  if (/founding-long/.test(file)) continue;
  test(`${file} has a plan that takes a few minutes at most`, async () => {
    const { code, stdout, stderr } = await dryRun(file);
    assert.equal(code, 0, stderr);
    const minutes = Number(/about (?:(\d+) min )?\d+ s/.exec(stdout)?.[1] ?? 0);
    assert.ok(minutes < minutesMax, stdout.split('\n')[0]);
  });
}

test('every YAML block in the pages is a right experiment, or right keys of one', () => {
  const blocks = markdownFiles.flatMap(blocksOf).filter(({ language }) => language === 'yaml');
  assert.ok(blocks.length > Object.keys(experimentKeys).length);
  const least = { replicas: 1, clients: 1, messages: 1 };
  for (const { file, lines } of blocks) {
    const text = lines.join('\n');
    const missing = Object.entries(least).filter(([key]) => !(key in (parse(text) as object)));
    parseExperiment([text, ...missing.map(([key, level]) => `${key}: ${level}`)].join('\n'), file);
  }
});
