import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import {
  headerLine,
  requestColumns,
  runFiles,
  type TrialRecord,
  trialFiles,
  trialFolder,
  unreadable,
  writeWhole,
} from '@escala/model';

/**
 * The run's requests.csv: the trials' own, in planned order, under one header. Streamed; whole or not at all.
 * @throws EscalaError FILE_UNREADABLE of a trial's file; DISK_FULL, FOLDER_UNWRITABLE.
 */
export async function writeRequestsFile(folder: string, records: readonly TrialRecord[]): Promise<void> {
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
  await writeWhole(join(folder, runFiles.requests), chunks());
}
