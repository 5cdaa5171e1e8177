import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const projectFolder = join(import.meta.dirname, '../..');

/** Every file that belongs to the project, by its path from the root: what git has, and what is not yet added. */
export const projectFiles: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '-z'],
  { cwd: projectFolder, encoding: 'utf8' },
)
  .split('\0')
  .filter((file) => file !== '' && existsSync(join(projectFolder, file)));

/** What a person reads: the pages at the root and those in docs. */
export const markdownFiles = projectFiles.filter((file) => /^(docs\/.*|[^/]*)\.md$/.test(file));

/** A fenced block; `lines` without the fences. */
export interface Block {
  readonly file: string;
  readonly language: string;
  readonly lines: readonly string[];
}

export function readMarkdown(file: string): string {
  return readFileSync(join(projectFolder, file), 'utf8');
}

export function blocksOf(file: string): Block[] {
  const fenced = readMarkdown(file).matchAll(/^```(\w*)\n([\s\S]*?)^```/gm);
  return [...fenced].map(([, language = '', text = '']) => ({
    file,
    language,
    lines: text.trimEnd().split('\n'),
  }));
}
