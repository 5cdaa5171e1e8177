import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize, resolve } from 'node:path';
import { didYouMean, EscalaError, fillEach, nearestPath, sentences, systemReason } from '@escala/model';

const words = sentences.cli.givenPaths;

/** Standard input, where a command reads a file. */
const STDIN = '-';

/**
 * What a person typed for a path, in its shortest spelling: `./x/` and `y//../x` are `x`. Where `..` follows a symbolic
 * link, the system goes to the folder above the link's target, and so do we.
 */
export function plainPath(given: string): string {
  const plain = normalize(given).replace(/(?<=.)\/+$/, '');
  const real = realPath(given);
  return real === realPath(plain) ? plain : real;
}

/** Of what does not exist: its nearest folder that does, and the rest as it is. */
function realPath(path: string): string {
  try {
    // The other realpath takes `link/..` for nothing before it looks.
    return realpathSync.native(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? resolve(path) : join(realPath(parent), basename(path));
  }
}

/**
 * The path of a file that a command is to read.
 * @throws EscalaError FILE_UNREADABLE, with the path that was probably meant; FILE_IS_FOLDER.
 */
export function givenFile(given: string): string {
  if (given === STDIN) return given;
  const file = plainPath(given);
  let isFolder: boolean;
  try {
    isFolder = statSync(file).isDirectory();
  } catch (cause) {
    const nearest = nearestPath(file);
    const detail = fillEach(words.plain, { reason: systemReason(cause), nearest: didYouMean(nearest) });
    throw new EscalaError('FILE_UNREADABLE', { file, detail }, { cause });
  }
  if (isFolder) throw new EscalaError('FILE_IS_FOLDER', { file });
  return file;
}
