import { createHash } from 'node:crypto';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runFiles } from '@escala/model';

const derived = new RegExp(`^(?:${runFiles.report}$|${runFiles.figures}/|${runFiles.tables}/)`);

/**
 * Renews the sums of what a report writes in `checksums.txt`, and of nothing else: a report in another language is no
 * tampering, and raw rows that somebody changed must not get a new sum by it. Without the file nothing is done.
 */
export async function renewChecksums(runFolder: string): Promise<void> {
  const file = join(runFolder, runFiles.checksums);
  const sums = await readFile(file, 'utf8').catch(() => null);
  if (sums === null) return;
  const pathOf = (line: string) => line.slice(line.indexOf('  ') + 2);
  const lines = sums.split('\n').filter((line) => line !== '' && !derived.test(pathOf(line)));
  for (const path of await derivedFiles(runFolder)) {
    const sum = createHash('sha256').update(await readFile(join(runFolder, path)));
    lines.push(`${sum.digest('hex')}  ${path}`);
  }
  lines.sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
  await writeFile(`${file}.part`, lines.map((line) => `${line}\n`).join(''));
  await rename(`${file}.part`, file);
}

async function derivedFiles(runFolder: string): Promise<string[]> {
  const inside = async (folder: string) =>
    (await readdir(join(runFolder, folder)).catch(() => [])).map((name) => `${folder}/${name}`);
  const there = (await readdir(runFolder)).filter((name) => name === runFiles.report);
  return [...there, ...(await inside(runFiles.figures)), ...(await inside(runFiles.tables))];
}
