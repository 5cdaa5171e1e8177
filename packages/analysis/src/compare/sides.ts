import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';

/** One side of a comparison: a table, or the folder of a run with a system of it. */
type GivenSide =
  | { readonly kind: 'table'; readonly file: string }
  | { readonly kind: 'run'; readonly folder: string; readonly system: string | undefined };

/**
 * Reads `RUN#system`, a folder or a table. A path that is there is taken as it is, whatever characters it has; only then is the
 * last # a separator.
 */
export async function readSide(given: string): Promise<GivenSide> {
  if (await isTable(given)) return { kind: 'table', file: given };
  const at = given.lastIndexOf('#');
  if (at < 0 || existsSync(given)) return { kind: 'run', folder: given, system: undefined };
  return { kind: 'run', folder: given.slice(0, at), system: given.slice(at + 1) };
}

/** Whether a person gave a table and not the folder of a run: also a pipe, and a file that is not there but is called like one. */
export async function isTable(given: string): Promise<boolean> {
  if (given === '-') return true;
  const found = await stat(given).catch(() => null);
  return found ? !found.isDirectory() : /\.(csv|tsv|txt)(\.gz)?$/i.test(given);
}
