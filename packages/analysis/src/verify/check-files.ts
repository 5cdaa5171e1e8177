import { existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Event, runFiles, sentences, serversOfCell, trialFiles } from '@escala/model';
import { filesOf, parseEvent, readChecksums, sha256 } from '@escala/model/study';
import type { RunOnDisk } from '../run/read-run.ts';
import { problemsPerFileMax, type VerifyProblem } from './problem.ts';
import { linesOf } from './raw-text.ts';

const verifyWords = sentences.analysis.verify;

/** checksums.txt against the files: which are gone, which have changed, and which nobody wrote down. */
export async function checkFiles(runFolder: string): Promise<readonly VerifyProblem[]> {
  const checksums = await readChecksums(runFolder);
  if (!checksums)
    return [{ code: 'CHECKSUMS_MISSING', where: runFiles.checksums, message: verifyWords.missing }];
  const { listed, wrongLines } = checksums;
  const problems: VerifyProblem[] = wrongLines.map((line) => ({
    code: 'FILE_CHANGED',
    where: `${runFiles.checksums}:${line}`,
    message: verifyWords.sumLine,
  }));
  for (const [path, sum] of listed) {
    if (!isFile(join(runFolder, path))) {
      problems.push({ code: 'FILE_MISSING', where: path, message: verifyWords.missing });
    } else if ((await sha256(join(runFolder, path))) !== sum) {
      problems.push({ code: 'FILE_CHANGED', where: path, message: verifyWords.sum });
    }
  }
  for (const path of await filesOf(runFolder)) {
    if (!listed.has(path)) {
      problems.push({ code: 'FILE_UNLISTED', where: path, message: verifyWords.unlisted });
    }
  }
  return problems;
}

/** A folder of that name is no file. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

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

/**
 * The plan against what ran: every block has the factors of its trials, every trial the cell of its record, and
 * experiment.yaml is the text that the run began with. Runs from before its sum was kept are not asked for it.
 */
export async function checkPlan({ folder, manifest, trials }: RunOnDisk): Promise<readonly VerifyProblem[]> {
  const problems: VerifyProblem[] = [];
  const records = new Map(trials.map((trial) => [trial.record.planIndex, trial]));
  for (const [i, block] of manifest.plan.entries()) {
    for (const { planIndex, round, cell } of block.trials) {
      const { trials: _trials, ...name } = block;
      if (!isDeepStrictEqual({ round, ...serversOfCell(cell) }, name)) {
        problems.push(problem(`${runFiles.manifest}:plan[${i}]`, verifyWords.block));
      }
      const trial = records.get(planIndex);
      if (
        trial &&
        !isDeepStrictEqual({ round, cell }, { round: trial.record.round, cell: trial.record.cell })
      ) {
        problems.push(problem(relative(folder, join(trial.folder, trialFiles.record)), verifyWords.planned));
      }
    }
  }
  const file = join(folder, runFiles.experiment);
  const sum = manifest.experimentSha256;
  if (sum !== undefined && existsSync(file) && (await sha256(file)) !== sum) {
    problems.push(problem(runFiles.experiment, verifyWords.experiment));
  }
  return problems;
}

function problem(where: string, message: VerifyProblem['message']): VerifyProblem {
  return { code: 'PLAN_CHANGED', where, message };
}

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
