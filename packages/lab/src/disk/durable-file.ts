import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeProblem } from '@escala/model';

/** Writes a whole file or none: to a name of its own, flushed, then renamed, and the folder flushed as well. */
export async function writeDurably(path: string, content: string): Promise<void> {
  const part = `${path}.part`;
  try {
    await using file = await open(part, 'w');
    await file.writeFile(content);
    await file.sync();
  } catch (cause) {
    throw writeProblem(cause, path);
  }
  await rename(part, path);
  await flushFolder(dirname(path));
}

/** Makes renames and new names in the folder survive a power cut. */
export async function flushFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}

/** Makes what was written to the file so far survive a power cut. */
export async function flushFile(path: string): Promise<void> {
  await using handle = await open(path, 'r');
  await handle.datasync();
}
