import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  EscalaError,
  fillEach,
  headerLine,
  holdExclusively,
  ledgerColumns,
  sentences,
  unwritable,
  writeProblem,
} from '@escala/model';

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
const ROW_BYTES_MAX = 65_536;
const header = headerLine(ledgerColumns);
/** A row, with its number and its replica. Which text its cells hold does not matter here. */
const row = /^(\d+),[^,]+,.*,([^,]+),\d+,\d+,\d+,[A-Z]+,[^,]+,20[01]\n$/;

/** Why a file that bears a ledger's name is none of ours. */
const foreign = sentences.server.ledgerFile;

/**
 * Opens or makes the ledger of `replica` at `path`, locks it, and cuts off a last line that a crash left without its end.
 * A file of that name that is not ours stays as it is.
 * @throws EscalaError FOLDER_UNWRITABLE, DISK_FULL, LEDGER_LOCKED where another process holds it, or LEDGER_FOREIGN.
 */
export async function openLedgerFile(path: string, replica: string): Promise<OpenedLedger> {
  const handle = await openOrCreate(path);
  try {
    return await lockAndRepair(path, replica, handle);
  } catch (error) {
    await handle.close();
    throw writeProblem(error, path);
  }
}

async function lockAndRepair(path: string, replica: string, handle: FileHandle): Promise<OpenedLedger> {
  const refuse = (reason: keyof typeof foreign): never => {
    const detail = fillEach(foreign[reason], { replica });
    throw new EscalaError('LEDGER_FOREIGN', { file: path, detail });
  };
  const status = await handle.stat({ bigint: true });
  if (!status.isFile()) refuse('kind');
  // Two servers never write one file.
  const held = await holdExclusively('ledger', status);
  if (!held) throw new EscalaError('LEDGER_LOCKED', { file: path });
  const unlock = held.release;
  try {
    const size = Number(status.size);
    const beginning = await readAt(handle, 0, Math.min(size, header.length));
    // Shorter than the header, it may be what a crash left of that.
    if (!header.startsWith(beginning)) refuse('header');
    const rowsFrom = Math.max(header.length, size - ROW_BYTES_MAX);
    const tail = size > header.length ? await readAt(handle, rowsFrom, size - rowsFrom) : '';
    const sequence = lastSequence(tail, replica) ?? refuse('row');
    const repairedBytes = size < header.length ? size : tail.length - (tail.lastIndexOf('\n') + 1);
    let bytes = size - repairedBytes;
    if (repairedBytes > 0) await handle.truncate(bytes);
    if (bytes === 0) bytes = (await handle.write(header, 0)).bytesWritten;
    await handle.sync();
    return { file: ledgerFile(handle, unlock), bytes, sequence, repairedBytes };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** One character for each byte. */
async function readAt(handle: FileHandle, from: number, bytes: number): Promise<string> {
  const { buffer } = await handle.read(Buffer.alloc(bytes), 0, bytes, from);
  return buffer.toString('latin1');
}

/**
 * The number of the last whole row in `tail`, the end of what follows the header; 0 where nothing does. Undefined where
 * that line is no row of `replica`, or what comes after it is not how the next row begins. No cell holds a line feed.
 */
function lastSequence(tail: string, replica: string): number | undefined {
  const end = tail.lastIndexOf('\n');
  const line = tail.slice(tail.lastIndexOf('\n', end - 1) + 1, end + 1);
  const [, number = '0', writer] = row.exec(line) ?? [];
  if (end >= 0 && writer !== replica) return undefined;
  const sequence = Number(number);
  const [torn, next] = [tail.slice(end + 1), `${sequence + 1},`];
  return next.startsWith(torn) || torn.startsWith(next) ? sequence : undefined;
}

async function openOrCreate(path: string): Promise<FileHandle> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true }).catch((cause) => Promise.reject(unwritable(folder, cause)));
  return open(path, constants.O_RDWR | constants.O_CREAT).catch((cause) =>
    Promise.reject(unwritable(path, cause)),
  );
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

/** How often a full disk is asked for room. */
const PROBE_INTERVAL_MS = 250;
/** So much must fit before rows are taken again, lest the next batch fail at once. */
const PROBE_BYTES = 65_536;

/** Resolves when the disk takes data again, found out by writing a file beside the ledger: quotas lie to statfs. */
export async function untilRoom(ledgerPath: string): Promise<void> {
  while (!(await hasRoom(`${ledgerPath}.${process.pid}.probe`)))
    await delay(PROBE_INTERVAL_MS, undefined, { ref: false });
}

async function hasRoom(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'w');
    try {
      await file.write(Buffer.alloc(PROBE_BYTES));
      await file.datasync();
    } finally {
      await file.close();
    }
    return true;
  } catch {
    return false;
  } finally {
    await rm(path, { force: true }).catch(() => {});
  }
}
