import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { analyzeRun, verifyRun } from '@escala/analysis';
import { type Random, runFiles } from '@escala/model';
import { writeChecksums, writeResults } from '@escala/model/study';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { rowsOf } from '../../analysis/test/oracle/planted-rows.ts';
import { simulateQueue } from '../../analysis/test/oracle/queue-simulator.ts';
import { writeRawFiles } from '../../analysis/test/oracle/raw-files.ts';
import { simulatedCell, simulatedExperiment } from '../../analysis/test/oracle/simulated-experiment.ts';
import { writeSimulatedRun } from '../../analysis/test/oracle/simulated-run.ts';
import { verifyReport } from '../src/commands/judge/verify.ts';

/** A run folder of simulated trials with results: one cell for each number of replicas. Returns its trials. */
export async function writeAnalysedRun(
  run: string,
  replicaLevels: readonly number[],
  load: { readonly clients: number; readonly messages: number },
) {
  const cells = replicaLevels.map((replicas) => simulatedCell({ replicas, ...load }));
  const closed = { kind: 'closed', ...load, thinkUs: 0, thinkDistribution: 'fixed' } as const;
  const service = { parallelism: 1, serviceUs: 1_000, serviceDistribution: 'exponential' } as const;
  const trials = cells.map((cell) => {
    const queue = { seed: cell.key, replicas: cell.replicas, ...service, load: closed };
    const rows = rowsOf(simulateQueue(queue));
    return { cell, round: 1, rows, planned: rows.length };
  });
  await writeSimulatedRun(run, simulatedExperiment(cells), trials);
  await writeResults(run, await analyzeRun(run));
  return trials;
}

/** The same with both sides' raw files and checksums. */
export async function writeCheckedRun(run: string, replicaLevels: readonly number[]): Promise<void> {
  const trials = await writeAnalysedRun(run, replicaLevels, { clients: 4, messages: 25 });
  await writeRawFiles(run, trials);
  await writeChecksums(run);
}

const lineFeed = '\n';
/** Byte for byte, whatever the file holds. */
const encoding = 'latin1';

/** One change of a file at a random place; null where the file has no such place. */
export const changes = {
  digit: (bytes: Buffer, random: Random) => {
    const digits = [...bytes.keys()].filter((i) => /\d/.test(String.fromCharCode(bytes[i] ?? 0)));
    const at = digits[random.integer(digits.length)];
    return at === undefined
      ? null
      : withByte(bytes, at, 48 + (((bytes[at] ?? 48) - 48 + 1 + random.integer(9)) % 10));
  },
  bit: (bytes: Buffer, random: Random) => {
    const at = random.integer(bytes.length);
    return withByte(bytes, at, (bytes[at] ?? 0) ^ (1 << random.integer(7)));
  },
  lineGone: onLines((lines, at) => lines.toSpliced(at, 1)),
  lineTwice: onLines((lines, at) => lines.toSpliced(at, 0, lines[at] ?? '')),
  linesSwapped: onLines((lines, at) => lines.toSpliced(at, 2, lines[at + 1] ?? '', lines[at] ?? '')),
} as const;
export type ChangeName = keyof typeof changes;

function withByte(bytes: Buffer, at: number, value: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = value;
  return changed;
}

/** Of lines after the first, so that a header stays. */
function onLines(change: (lines: readonly string[], at: number) => readonly string[]) {
  return (bytes: Buffer, random: Random): Buffer | null => {
    const lines = bytes.toString(encoding).split(lineFeed);
    const whole = lines.length - 1;
    if (whole < 3) return null;
    const changed = Buffer.from(change(lines, 1 + random.integer(whole - 2)).join(lineFeed), encoding);
    return changed.equals(bytes) ? null : changed;
  };
}

/** A copy of a run in which one file at a time is changed, verified, and put back. */
export async function openChangeableCopy(t: TestContext, run: string) {
  const copy = temporaryFolder(t);
  await cp(run, copy, { recursive: true });
  return {
    /** How many problems verify finds with `bytes` in the file's place, or with no file; with checksums made anew or not. */
    async problemsWith(path: string, bytes: Buffer | null, checksums: 'kept' | 'anew'): Promise<number> {
      const file = join(copy, path);
      const [before, sums] = [await readFile(file), await readFile(join(copy, runFiles.checksums))];
      if (bytes) await writeFile(file, bytes);
      else await rm(file);
      if (checksums === 'anew') await writeChecksums(copy);
      const { problems } = await verifyRun(copy);
      const found = problems.length > 0 ? problems : await verifyReport(copy);
      await writeFile(file, before);
      await writeFile(join(copy, runFiles.checksums), sums);
      return found.length;
    },
  };
}
