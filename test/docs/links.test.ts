import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { blocksOf, markdownFiles, projectFolder, readMarkdown } from './markdown.ts';

interface Link {
  readonly from: string;
  readonly to: string;
  /** Path from the root; the page itself for a bare `#heading`. */
  readonly file: string;
  readonly heading: string | undefined;
}

const outsideCode = (file: string) => readMarkdown(file).replace(/^```[\s\S]*?^```|`[^`\n]*`/gm, '');

function linksOf(from: string): Link[] {
  const targets = [...outsideCode(from).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets
    .filter((target) => !/^https?:/.test(target))
    .map((to) => {
      const [path = '', heading] = to.split('#');
      return { from, to, file: path === '' ? from : normalize(join(dirname(from), path)), heading };
    });
}

/** Headings as a repository's page names them: lower case, without punctuation, dashes for spaces. */
function headingsOf(file: string): string[] {
  const headings = readMarkdown(file)
    .replace(/^```[\s\S]*?^```/gm, '')
    .matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, text = '']) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

const links = markdownFiles.flatMap(linksOf);

test('every link of a page leads to a file, and to a heading that is there', () => {
  assert.ok(links.length > 50);
  const broken = links.filter(({ file, heading }) => {
    if (!existsSync(join(projectFolder, file))) return true;
    return heading !== undefined && !headingsOf(file).includes(heading);
  });
  assert.deepEqual(broken, []);
});

test('every page of docs can be reached from the README', () => {
  const reached = new Set(['README.md']);
  for (const page of reached) {
    for (const { file } of links.filter(({ from }) => from === page)) {
      const isFolder =
        existsSync(join(projectFolder, file)) && statSync(join(projectFolder, file)).isDirectory();
      reached.add(isFolder ? join(file, 'README.md') : file);
    }
  }
  const lost = markdownFiles.filter((file) => file.startsWith('docs/') && !reached.has(file));
  assert.deepEqual(lost, []);
});

test('no page has its reader start TypeScript with their own Node, which may be too old for it', () => {
  const pages = markdownFiles.filter((file) => file !== 'CONTRIBUTING.md');
  const started = pages.flatMap((file) =>
    blocksOf(file).flatMap(({ lines }) => lines.filter((line) => /(^|[;&|] ?)node .*\.ts\b/.test(line))),
  );
  assert.deepEqual(started, []);
});
