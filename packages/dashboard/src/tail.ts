import { type FileHandle, open } from 'node:fs/promises';

/** Bytes that are read at one look; the next look reads on. */
const READ_BYTES_MAX = 4 * 1024 * 1024;

interface TailedLines {
  /** The file is another one than before, or shorter than what was read: all earlier lines are void. */
  readonly startedAnew: boolean;
  readonly lines: readonly string[];
  /** One look may not read the whole file: look again at once. */
  readonly hasMore: boolean;
}

/**
 * Follows a file of lines through growth, replacement, truncation and absence. It is opened at each look, so that no
 * handle keeps a removed file alive. Only whole lines are taken: a torn last line, which a resumed run cuts, was never
 * read.
 */
export class Tail {
  readonly #path: string;
  #identity = '';
  #offset = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Undefined while there is no such file. */
  async look(): Promise<TailedLines | undefined> {
    const file = await openIfThere(this.#path);
    if (!file) return undefined;
    try {
      const { dev, ino, size } = await file.stat();
      const identity = `${dev}:${ino}`;
      const startedAnew = this.#identity !== '' && (identity !== this.#identity || size < this.#offset);
      if (startedAnew) this.#offset = 0;
      this.#identity = identity;
      const unread = size - this.#offset;
      return { startedAnew, ...(await this.#wholeLines(file, Math.min(unread, READ_BYTES_MAX), unread)) };
    } finally {
      await file.close();
    }
  }

  async #wholeLines(file: FileHandle, length: number, unread: number) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, this.#offset);
    const end = buffer.lastIndexOf(0x0a, bytesRead - 1) + 1;
    // No event is that long: a line that fills the whole read is skipped, so that the rest can be seen.
    this.#offset += end === 0 && bytesRead === READ_BYTES_MAX ? bytesRead : end;
    const lines = buffer
      .toString('utf8', 0, end)
      .split('\n')
      .filter((line) => line !== '');
    return { lines, hasMore: unread > length };
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
