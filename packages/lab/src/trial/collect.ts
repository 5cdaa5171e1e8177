import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clientColumns, headerLine, ledgerColumns, trialFiles, writeProblem } from '@escala/model';
import type { Deployment } from '../targets/contract/target.ts';
import type { Done, Participant } from './participants.ts';

/**
 * How far the ledgers of a block have been read: a trial gets the rows that were written since the one before. Bytes
 * after the last line feed are no row, but what a killed replica had begun; they are read again with the next trial.
 */
export class LedgerCursor {
  readonly #read = new Map<string, { header: Uint8Array; toByte: number }>();

  /** Writes `ledger-<replica>.csv` of each replica into `folder` and returns the files, sorted by name. */
  async collect(deployment: Deployment, folder: string): Promise<string[]> {
    const fromByte = new Map([...this.#read].map(([replica, { toByte }]) => [replica, toByte]));
    const files: string[] = [];
    for await (const part of deployment.collectLedgers(fromByte)) {
      const path = join(folder, trialFiles.ledger(part.replica));
      const known = this.#read.get(part.replica);
      const rows = new WholeLines(part.chunks);
      const head = await writeChunks(path, known?.header, rows);
      const toByte = part.toByte() - rows.cutBytes;
      if (known || head.length > 0) {
        this.#read.set(part.replica, { header: known?.header ?? firstLine(head), toByte });
      } else {
        // It ended before it had written its first line. Without a row, nothing of it is recorded.
        await writeFile(path, ledgerHeader, { flush: true });
      }
      files.push(path);
    }
    return files.sort();
  }
}

/** Chunks of a file up to its last line feed; `cutBytes` came after that, known when the chunks are read. */
class WholeLines implements AsyncIterable<Uint8Array> {
  readonly #chunks: AsyncIterable<Uint8Array>;
  cutBytes = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    let begun = new Uint8Array();
    for await (const chunk of this.#chunks) {
      const bytes = begun.length > 0 ? Buffer.concat([begun, chunk]) : chunk;
      const whole = bytes.lastIndexOf(LINE_FEED) + 1;
      if (whole > 0) yield bytes.subarray(0, whole);
      begun = Uint8Array.from(bytes.subarray(whole));
    }
    this.cutBytes = begun.length;
  }
}

/** Writes `client-<agent>.csv` for each agent, and the warm-up rows of all of them into one file. */
export async function collectRows(
  participants: readonly Participant[],
  done: readonly Done[],
  folder: string,
): Promise<string[]> {
  const files = participants.map(async (participant, i) => {
    const path = join(folder, trialFiles.client(participant.client.agent.name));
    await writeChunks(
      path,
      undefined,
      rowChunks(participant, 'client', { from: 0, to: done[i]?.rowBytes ?? 0 }),
    );
    return path;
  });
  const warmup = async function* () {
    yield header;
    for (const [i, participant] of participants.entries()) {
      yield* rowChunks(participant, 'warmup', { from: header.length, to: done[i]?.warmupBytes ?? 0 });
    }
  };
  await writeChunks(join(folder, trialFiles.warmup), undefined, warmup());
  return (await Promise.all(files)).sort();
}

const LINE_FEED = 0x0a;
const header = Buffer.from(headerLine(clientColumns));
const ledgerHeader = headerLine(ledgerColumns);

/** An agent's rows from byte to byte, asked for again from where they stopped until all are here. */
async function* rowChunks(
  { client, plan }: Participant,
  file: 'client' | 'warmup',
  { from, to }: { from: number; to: number },
): AsyncGenerator<Uint8Array> {
  for (let offset = from; offset < to; ) {
    const chunk = await client.rows(plan.id, file, offset);
    if (chunk.length === 0)
      throw new Error(`agent ${client.agent.name} gave ${offset} of ${to} bytes of its rows`);
    offset += chunk.length;
    yield chunk;
  }
}

/** Returns the first chunk, in which a file's header is. The file is flushed before it returns. */
async function writeChunks(
  path: string,
  head: Uint8Array | undefined,
  chunks: AsyncIterable<Uint8Array>,
): Promise<Uint8Array> {
  try {
    await using file = await open(path, 'w');
    if (head) await file.writeFile(head);
    let first: Uint8Array | undefined;
    for await (const chunk of chunks) {
      first ??= chunk;
      // Not write(), which may take a part only.
      await file.writeFile(chunk);
    }
    await file.datasync();
    return first ?? new Uint8Array();
  } catch (cause) {
    throw writeProblem(cause, path);
  }
}

function firstLine(bytes: Uint8Array): Uint8Array {
  return bytes.slice(0, bytes.indexOf(LINE_FEED) + 1);
}
