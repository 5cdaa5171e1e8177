import { existsSync, statfsSync } from 'node:fs';
import { access, constants, mkdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import {
  describeBytes,
  EscalaError,
  holdExclusively,
  type Manifest,
  type PlannedTrial,
  runFiles,
  shellPath,
  trialFiles,
  trialFolder,
  unwritable,
  writeProblem,
  writeWhole,
} from '@escala/model';
import { readVersionedFile } from '@escala/model/study';
import type { RequestsBySystem } from '../experiment/read.ts';

/**
 * Makes the folder of a new run and takes it for this process.
 * @throws EscalaError RUN_EXISTS, FOLDER_UNWRITABLE, RUN_LIVE.
 */
export async function claimNewFolder(folder: string): Promise<Disposable> {
  if (existsSync(join(folder, runFiles.manifest)))
    throw new EscalaError('RUN_EXISTS', { folder: shellPath(folder) });
  try {
    await mkdir(join(folder, runFiles.processes), { recursive: true });
  } catch (cause) {
    throw unwritable(folder, cause);
  }
  return claimFolder(folder);
}

/** Takes the folder for this process, for as long as it lives. @throws EscalaError FOLDER_UNWRITABLE, RUN_LIVE. */
export async function claimFolder(folder: string): Promise<Disposable> {
  await access(folder, constants.W_OK).catch((cause) => Promise.reject(unwritable(folder, cause)));
  const held = await holdExclusively('run', await stat(folder, { bigint: true }));
  if (!held) throw new EscalaError('RUN_LIVE', { folder });
  return { [Symbol.dispose]: held.release };
}

/** Of a study that did not begin nothing stays: what `claimNewFolder` made goes, unless something else lies in it. */
export async function abandonFolder(folder: string): Promise<void> {
  for (const path of [join(folder, runFiles.processes), folder]) await rmdir(path).catch(() => undefined);
}

/** manifest.json is renamed into place before any process starts; from then on the run can be resumed. */
export async function writeManifest(
  folder: string,
  manifest: Manifest,
  experimentText: string,
  requests: RequestsBySystem,
): Promise<void> {
  await writeWhole(join(folder, runFiles.experiment), experimentText);
  if (Object.keys(requests).length > 0)
    await writeWhole(
      join(folder, runFiles.plannedRequests),
      `${JSON.stringify({ ...requestsKind, requests })}\n`,
    );
  await writeWhole(join(folder, runFiles.manifest), `${JSON.stringify(manifest, null, 1)}\n`);
}

const requestsKind = { schema: 'escala/planned-requests', version: 1 } as const;

/** What the clients of a run send, as it was when the run began: the files that it came from may have changed. */
export async function readPlannedRequests(folder: string): Promise<RequestsBySystem> {
  const file = join(folder, runFiles.plannedRequests);
  if (!existsSync(file)) return {};
  const { requests } = (await readVersionedFile(file, requestsKind)) as { requests: RequestsBySystem };
  return requests;
}

/** A trial that did not commit leaves nothing. */
export async function dropTrial(folder: string, { cell, round }: PlannedTrial): Promise<void> {
  const trial = trialFolder(folder, cell.key, round);
  if (existsSync(join(trial, trialFiles.record))) return;
  await rm(trial, { recursive: true, force: true }).catch((cause) =>
    Promise.reject(writeProblem(cause, trial)),
  );
}

/** @throws EscalaError DISK_TOO_SMALL where the study would not fit beside what is there. */
export function checkDisk(folder: string, neededBytes: number): void {
  const { bavail, bsize } = statfsSync(existingParent(resolve(folder)));
  const freeBytes = bavail * bsize;
  if (freeBytes >= neededBytes) return;
  throw new EscalaError('DISK_TOO_SMALL', {
    folder,
    needed: describeBytes(neededBytes),
    free: describeBytes(freeBytes),
  });
}

function existingParent(folder: string): string {
  try {
    statfsSync(folder);
    return folder;
  } catch {
    return existingParent(dirname(folder));
  }
}
