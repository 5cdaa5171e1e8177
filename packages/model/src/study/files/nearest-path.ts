import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { didYouMean, nearestOf } from '../../problems/nearest.ts';
import { EscalaError } from '../../problems/problems.ts';
import { shellPath } from '../../problems/shell-word.ts';
import { runFiles } from './run-folder.ts';

/** For a path that holds no run: NOT_A_RUN, which names the run that was probably meant. */
export function notARun(given: string): EscalaError {
  const meant = nearestRun(given);
  return new EscalaError('NOT_A_RUN', { folder: given, nearest: didYouMean(meant && shellPath(meant)) });
}

/**
 * The run folder that somebody probably meant by `given`: the run that this file or folder, or what it links to, belongs
 * to; the newest run in this folder; the run of this name in runs/; or a run beside it with nearly this name.
 */
function nearestRun(given: string): string | undefined {
  const around = runAround(realPath(resolve(given)));
  if (around !== undefined) return relative('', around) || '.';
  const inside = runsIn(given).at(-1);
  if (inside !== undefined) return inside;
  const named = join('runs', basename(given));
  if (isRun(named)) return named;
  return [dirname(given), 'runs']
    .map((folder) => nearestIn(folder, basename(given), runsIn(folder)))
    .find(Boolean);
}

/**
 * The file or folder that somebody probably meant by a path that does not exist: each part of it that does not exist is
 * taken for the nearest name there, with or without an ending, else the file is looked for one folder further down.
 */
export function nearestPath(missing: string): string | undefined {
  const [parent, name] = [dirname(missing), basename(missing)];
  const folder = existsSync(parent) || parent === missing ? parent : nearestPath(parent);
  if (folder === undefined) return undefined;
  const near = nearestIn(folder, name, pathsIn(folder).filter(existsSync));
  return (
    near ??
    pathsIn(folder)
      .find((path) => existsSync(join(path, name)) && !isHidden(path))
      ?.concat('/', name)
  );
}

function nearestIn(folder: string, name: string, paths: readonly string[]): string | undefined {
  const names = paths.map((path) => basename(path)).filter((one) => !isHidden(one) || isHidden(name));
  const near =
    names.find((one) => one === name) ??
    names.find((one) => one.startsWith(`${name}.`)) ??
    nearestOf(name, names);
  return near === undefined ? undefined : join(folder, near);
}

const isHidden = (path: string) => /^[.]|^node_modules$/.test(basename(path));
const isRun = (folder: string) => existsSync(join(folder, runFiles.manifest));
const runsIn = (folder: string) =>
  pathsIn(folder)
    .filter(isRun)
    .sort((a, b) => changedMs(a) - changedMs(b));
const changedMs = (folder: string) => statSync(join(folder, runFiles.manifest)).mtimeMs;

function runAround(path: string): string | undefined {
  if (isRun(path)) return path;
  const parent = dirname(path);
  return parent === path ? undefined : runAround(parent);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function pathsIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
