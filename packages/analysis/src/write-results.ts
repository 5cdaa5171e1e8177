import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Results, runFiles, writeProblem } from '@escala/model';

/**
 * Writes results.json whole or not at all: to a file beside it, on disk, then renamed.
 * @throws EscalaError DISK_FULL or FOLDER_UNWRITABLE; an earlier results.json is then untouched.
 */
export async function writeResults(runFolder: string, results: Results): Promise<void> {
  await writeWhole(join(runFolder, runFiles.results), resultsText(results));
}

/** The same results are the same text. */
export function resultsText(results: Results): string {
  return `${JSON.stringify(results, null, 1)}\n`;
}

export async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = `${file}.part`;
  try {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw writeProblem(cause, file);
  }
}
