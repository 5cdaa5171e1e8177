import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Event, runFiles, sentences } from '@escala/model';
import { parseEvent } from '@escala/model/study';
import type { RunOnDisk } from '../run/read-run.ts';
import { problemsPerFileMax, type VerifyProblem } from './problem.ts';
import { linesOf } from './raw-text.ts';

const verifyWords = sentences.analysis.verify;

/**
 * events.ndjson against the records: each line is an event, none is earlier than the one before it in the same life of
 * the run, and a trial that finished has the counts of its record. An event that is not there is no finding: a crash can
 * fall between a record and its event.
 */
export async function checkEvents({ folder, trials }: RunOnDisk): Promise<readonly VerifyProblem[]> {
  const file = join(folder, runFiles.events);
  if (!existsSync(file))
    return [{ code: 'FILE_MISSING', where: runFiles.events, message: verifyWords.missing }];
  const records = new Map(trials.map(({ record }) => [record.planIndex, record]));
  const problems: VerifyProblem[] = [];
  let [line, lastUs] = [0, 0];
  for await (const text of linesOf([file])) {
    line++;
    const event = parseEvent(text);
    const isNewLife = event?.type === 'run-started';
    if (!event || (!isNewLife && event.atUs < lastUs) || !agrees(event)) {
      problems.push({
        code: 'EVENTS_CHANGED',
        where: `${runFiles.events}:${line}`,
        message: verifyWords.event,
      });
      if (problems.length >= problemsPerFileMax) break;
    }
    lastUs = event?.atUs ?? lastUs;
  }
  return problems;

  function agrees(event: Event): boolean {
    if (event.type !== 'trial-finished') return true;
    const record = records.get(event.planIndex);
    const { cell, round, counts } = event;
    return (
      record === undefined ||
      isDeepStrictEqual(
        { cell, round, counts },
        { cell: record.cell.key, round: record.round, counts: record.counts },
      )
    );
  }
}
