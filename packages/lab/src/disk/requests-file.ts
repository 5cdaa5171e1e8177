import { createReadStream, createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  headerLine,
  requestColumns,
  runFiles,
  type TrialRecord,
  trialFiles,
  trialFolder,
  unreadable,
  writeProblem,
} from '@escala/model';
import { flushFile } from './durable-file.ts';

/**
 * The run's requests.csv: the trials' own, in planned order, under one header. Streamed; whole or not at all.
 * @throws EscalaError FILE_UNREADABLE of a trial's file; DISK_FULL, FOLDER_UNWRITABLE.
 */
export async function writeRequestsFile(folder: string, records: readonly TrialRecord[]): Promise<void> {
  const path = join(folder, runFiles.requests);
  const header = headerLine(requestColumns);
  async function* chunks() {
    yield header;
    for (const { cell, round } of records) {
      const trial = join(trialFolder(folder, cell.key, round), trialFiles.requests);
      try {
        yield* createReadStream(trial, { start: header.length });
      } catch (cause) {
        throw unreadable(trial, cause);
      }
    }
  }
  try {
    await pipeline(chunks, createWriteStream(`${path}.part`));
    await flushFile(`${path}.part`);
    await rename(`${path}.part`, path);
  } catch (cause) {
    throw writeProblem(cause, path);
  }
}
