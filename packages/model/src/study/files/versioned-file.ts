import { readFile } from 'node:fs/promises';
import { EscalaError } from '../../problems/problems.ts';
import { unreadable } from '../../problems/system-reason.ts';
import { fillEach, sentences } from '../../sentences/sentences.ts';

/** What a JSON file of ours says that it is. */
export interface FileKind {
  readonly schema: string;
  readonly version: number;
}

/**
 * A JSON file of ours that names its `schema` and `version`. Another version is not guessed at.
 * @throws EscalaError FILE_UNREADABLE; and as `parseVersioned`.
 */
export async function readVersionedFile(file: string, kind: FileKind): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause) => Promise.reject(unreadable(file, cause)));
  return parseVersioned(file, text, kind);
}

/** @throws EscalaError DATA_INVALID, with the line of what is not JSON; VERSION_UNKNOWN. */
export function parseVersioned(where: string, text: string, { schema, version }: FileKind): unknown {
  const value = parseJson(where, text.replace(/^\uFEFF/, ''));
  const found = (value ?? {}) as { schema?: unknown; version?: unknown };
  if (found.schema !== schema) {
    const detail =
      found.schema === undefined
        ? says.noSchema
        : fillEach(says.otherSchema, { found: JSON.stringify(found.schema), schema });
    throw new EscalaError('DATA_INVALID', { where, detail });
  }
  if (found.version !== version) {
    const [is, expected] = [String(found.version), String(version)];
    throw new EscalaError('VERSION_UNKNOWN', { file: where, found: is, expected });
  }
  return value;
}

const says = sentences.model.versionedFile;

/** The line, from 1, on which a text stops to be JSON: the first whose end no further line could make right. */
function lineOfMistake(text: string): number {
  const lines = text.split('\n');
  let [first, last] = [1, lines.length];
  while (first < last) {
    const middle = (first + last) >> 1;
    if (isMistaken(lines.slice(0, middle).join('\n'))) last = middle;
    else first = middle + 1;
  }
  return first;
}

/** Whether the beginning of a JSON text is wrong by itself, and not only for what is missing at its end. */
function isMistaken(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return false;
  } catch (cause) {
    const { message } = cause as Error;
    const position = /position (\d+)/.exec(message)?.[1];
    return position === undefined ? !message.includes('end of JSON') : Number(position) < beginning.length;
  }
}

function parseJson(where: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EscalaError(
      'DATA_INVALID',
      { where: `${where}:${lineOfMistake(text)}`, detail: says.notJson },
      { cause },
    );
  }
}
