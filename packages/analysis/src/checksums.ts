import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runFiles } from '@escala/model';
import { writeWhole } from './write-results.ts';

/** Written again whenever somebody looks, or not part of the data. */
const left = new Set<string>([runFiles.checksums, runFiles.processes]);

/** checksums.txt: the sha256 of every file of the run, sorted by path, in the form that `sha256sum -c` reads. */
export async function writeChecksums(runFolder: string): Promise<void> {
  const lines: string[] = [];
  for (const path of await filesOf(runFolder)) {
    lines.push(`${await sha256(join(runFolder, path))}  ${path}\n`);
  }
  await writeWhole(join(runFolder, runFiles.checksums), lines.join(''));
}

/** Paths of the run's files with `/`, sorted; without checksums.txt, logs of processes and unfinished files. */
export async function filesOf(runFolder: string): Promise<readonly string[]> {
  const entries = await readdir(runFolder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.part'))
    .map((entry) => relative(runFolder, join(entry.parentPath, entry.name)))
    .filter((path) => !left.has(path.split('/')[0] ?? ''))
    .sort();
}

export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
