import { open } from 'node:fs/promises';

/** Most bytes of one answer: a call stays short, also through a port-forward. */
const ROWS_BYTES_MAX = 4 * 1024 * 1024;

/** Bytes of a file from `offset` up to `end`, as many as one answer may have. */
export async function readRange(path: string, offset: number, end: number): Promise<Buffer> {
  const length = Math.max(0, Math.min(ROWS_BYTES_MAX, end - offset));
  const bytes = Buffer.allocUnsafe(length);
  const file = await open(path, 'r');
  try {
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await file.close();
  }
}
