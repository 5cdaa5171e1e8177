import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EscalaError } from '@escala/model';

/** Writes a whole file or none: to a name of its own, flushed, then renamed, and the folder flushed as well. */
export async function writeDurably(path: string, content: string): Promise<void> {
  const part = `${path}.part`;
  try {
    await using file = await open(part, 'w');
    await file.writeFile(content);
    await file.sync();
  } catch (cause) {
    throw diskError(cause, path);
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

/** A full disk is the world's fault and has its own sentence; anything else stays what it is. */
export function diskError(cause: unknown, file: string): unknown {
  const code = (cause as NodeJS.ErrnoException).code;
  return code === 'ENOSPC' || code === 'EDQUOT' ? new EscalaError('DISK_FULL', { file }, { cause }) : cause;
}
