import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeProblem } from '../problems/system-reason.ts';

/**
 * Writes a whole file or none, and so that it survives a power cut: beside its place, flushed, then renamed, and the
 * folder flushed as well.
 * @throws EscalaError DISK_FULL or FOLDER_UNWRITABLE, or what `content` throws; an earlier file is then untouched.
 */
export async function writeWhole(
  path: string,
  content: string | AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const part = `${path}.part`;
  try {
    {
      await using file = await open(part, 'w');
      await file.writeFile(content);
      await file.sync();
    }
    await rename(part, path);
    await flushFolder(dirname(path));
  } catch (cause) {
    await rm(part, { force: true });
    throw writeProblem(cause, path);
  }
}

/** Makes renames and new names in the folder survive a power cut. */
async function flushFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}

/** Makes what was written to the file so far survive a power cut. */
export async function flushFile(path: string): Promise<void> {
  await using handle = await open(path, 'r');
  await handle.datasync();
}
