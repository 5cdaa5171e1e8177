import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { headerLine, ledgerColumns, unwritable } from '@escala/model';
import { lockLedger } from './ledger-lock.ts';

/** The few operations of the disk that the ledger needs; a test plants a disk that fails. */
export interface LedgerFile {
  /** Writes all of `bytes` at `position`. Where it fails, some of them may be in the file. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** Resolves when what was written is on the disk. */
  datasync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

/** A ledger that was opened: where to go on. `repairedBytes` is what a crash had left of a last row. */
export interface OpenedLedger {
  readonly file: LedgerFile;
  readonly bytes: number;
  readonly sequence: number;
  readonly repairedBytes: number;
}

/** No row is longer: 4 text fields, the path, the ids, each quoted and in UTF-8. */
const longestRowBytes = 65_536;
const header = headerLine(ledgerColumns);
const lineFeed = 0x0a;

/**
 * Opens or makes the ledger at `path`, locks it, and cuts off a last line that a crash left without its end.
 * @throws EscalaError FOLDER_UNWRITABLE, or LEDGER_LOCKED where another process holds it.
 */
export async function openLedgerFile(path: string): Promise<OpenedLedger> {
  const handle = await openOrCreate(path);
  try {
    return await lockAndRepair(path, handle);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function lockAndRepair(path: string, handle: FileHandle): Promise<OpenedLedger> {
  const unlock = await lockLedger(path, await handle.stat({ bigint: true }));
  const { size } = await handle.stat();
  const tail = Buffer.alloc(Math.min(size, longestRowBytes));
  await handle.read(tail, 0, tail.length, size - tail.length);

  const end = tail.lastIndexOf(lineFeed) + 1;
  const repairedBytes = tail.length - end;
  let bytes = size - repairedBytes;
  if (repairedBytes > 0) await handle.truncate(bytes);
  if (bytes === 0) bytes = (await handle.write(header, 0)).bytesWritten;
  await handle.sync();
  const sequence = lastSequence(tail.subarray(0, end));
  return { file: ledgerFile(handle, unlock), bytes, sequence, repairedBytes };
}

async function openOrCreate(path: string): Promise<FileHandle> {
  const folder = dirname(path);
  try {
    await mkdir(folder, { recursive: true });
    return await open(path, constants.O_RDWR | constants.O_CREAT);
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

/** The number that the last whole row begins with; 0 where there is only the header. No cell holds a line feed. */
function lastSequence(wholeLines: Buffer): number {
  const start = wholeLines.lastIndexOf(lineFeed, wholeLines.length - 2) + 1;
  return Number.parseInt(wholeLines.toString('latin1', start), 10) || 0;
}

function ledgerFile(handle: FileHandle, unlock: () => void): LedgerFile {
  return {
    async write(bytes, position) {
      let done = 0;
      while (done < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
      }
    },
    datasync: () => handle.datasync(),
    truncate: (length) => handle.truncate(length),
    async close() {
      await handle.close();
      unlock();
    },
  };
}
