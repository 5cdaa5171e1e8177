import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runFiles, sentences, trialFiles } from '@escala/model';
import type { RunOnDisk } from '../run/read-run.ts';
import { linesOf } from './lines-of.ts';
import type { VerifyProblem } from './problem.ts';

const verifyWords = sentences.analysis.verify;

/** The run's requests.csv is the trials' own, in planned order, under one header. Compared byte by byte. */
export async function checkConcatenation({ folder, trials }: RunOnDisk): Promise<readonly VerifyProblem[]> {
  const where = runFiles.requests;
  const file = join(folder, where);
  if (!existsSync(file)) return [{ code: 'FILE_MISSING', where, message: verifyWords.missing }];
  const expected = trials.map((trial) => join(trial.folder, trialFiles.requests));
  const line = await firstDifference(linesOf([file]), linesOf(expected));
  if (line === null) return [];
  const message = verifyWords.concatenation;
  return [{ code: 'ROWS_CHANGED', where: `${where}:${line}`, message }];
}

async function firstDifference(a: AsyncGenerator<string>, b: AsyncGenerator<string>): Promise<number | null> {
  for (let line = 1; ; line++) {
    const [one, other] = await Promise.all([a.next(), b.next()]);
    if (one.done && other.done) return null;
    if (one.value !== other.value) {
      await Promise.all([a.return(undefined), b.return(undefined)]);
      return line;
    }
  }
}
