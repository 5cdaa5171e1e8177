import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeWhole } from '../../machine/whole-file.ts';
import { runFiles } from './run-folder.ts';

/** Written again whenever somebody looks, or not part of the data. */
const left = new Set<string>([runFiles.checksums, runFiles.processes]);
/** What a report writes. */
const derived = new Set<string>([runFiles.report, runFiles.figures, runFiles.tables]);
const topOf = (path: string) => path.split('/')[0] ?? '';

/** checksums.txt: the sha256 of every file of the run, sorted by path, in the form that `sha256sum -c` reads. */
export async function writeChecksums(runFolder: string): Promise<void> {
  await writeLines(runFolder, await linesOf(runFolder, await filesOf(runFolder)));
}

/**
 * Renews the sums of what a report writes, and of nothing else: a report in another language is no tampering, and raw
 * rows that somebody changed must not get a new sum by it. Without checksums.txt nothing is done.
 */
export async function renewChecksums(runFolder: string): Promise<void> {
  const text = await readText(runFolder);
  if (text === null) return;
  const kept = text.split('\n').filter((line) => line !== '' && !derived.has(topOf(pathOf(line))));
  const files = (await filesOf(runFolder)).filter((path) => derived.has(topOf(path)));
  await writeLines(runFolder, [...kept, ...(await linesOf(runFolder, files))]);
}

interface Checksums {
  /** Sums by path. */
  readonly listed: ReadonlyMap<string, string>;
  /** Lines, from 1, that are no sum and path, or whose path does not follow the one before. */
  readonly wrongLines: readonly number[];
}

/** checksums.txt as it lies there; null where there is none. */
export async function readChecksums(runFolder: string): Promise<Checksums | null> {
  const text = await readText(runFolder);
  if (text === null) return null;
  const listed = new Map<string, string>();
  const wrongLines: number[] = [];
  let last = '';
  for (const [i, line] of text.replace(/\n$/, '').split('\n').entries()) {
    const [, sum = '', path = ''] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    // A doubled or moved line is a change as well.
    if (path <= last) {
      wrongLines.push(i + 1);
      continue;
    }
    listed.set(path, sum);
    last = path;
  }
  return { listed, wrongLines };
}

/** Paths of the run's files with `/`, sorted; without checksums.txt, logs of processes and unfinished files. */
export async function filesOf(runFolder: string): Promise<readonly string[]> {
  const entries = await readdir(runFolder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.part'))
    .map((entry) => relative(runFolder, join(entry.parentPath, entry.name)))
    .filter((path) => !left.has(topOf(path)))
    .sort();
}

export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function linesOf(runFolder: string, paths: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const path of paths) lines.push(`${await sha256(join(runFolder, path))}  ${path}`);
  return lines;
}

async function writeLines(runFolder: string, lines: readonly string[]): Promise<void> {
  const sorted = lines.toSorted((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
  await writeWhole(join(runFolder, runFiles.checksums), sorted.map((line) => `${line}\n`).join(''));
}

const pathOf = (line: string) => line.slice(line.indexOf('  ') + 2);

async function readText(runFolder: string): Promise<string | null> {
  return readFile(join(runFolder, runFiles.checksums), 'utf8').catch(() => null);
}
