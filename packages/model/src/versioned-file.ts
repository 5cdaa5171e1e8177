import { readFile } from 'node:fs/promises';
import { EscalaError } from './problems.ts';
import { unreadable } from './system-reason.ts';

/**
 * A JSON file of ours that names its `schema` and `version`. Another version is not guessed at.
 * @throws EscalaError FILE_UNREADABLE; DATA_INVALID, with the line of what is not JSON; VERSION_UNKNOWN.
 */
export async function readVersionedFile(file: string, schema: string, version: number): Promise<unknown> {
  const value = parseJson(file, await readText(file));
  const found = (value ?? {}) as { schema?: unknown; version?: unknown };
  if (found.schema !== schema) {
    const detail = {
      en: `its schema is ${JSON.stringify(found.schema)}, not "${schema}"`,
      'pt-BR': `o seu esquema é ${JSON.stringify(found.schema)}, não "${schema}"`,
    };
    throw new EscalaError('DATA_INVALID', { where: file, detail });
  }
  if (found.version !== version) {
    const [is, expected] = [String(found.version), String(version)];
    throw new EscalaError('VERSION_UNKNOWN', { file, found: is, expected });
  }
  return value;
}

async function readText(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { message } = cause as Error;
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    const line = text.slice(0, position).split('\n').length;
    const detail = { en: `not valid JSON: ${message}`, 'pt-BR': `JSON inválido: ${message}` };
    throw new EscalaError('DATA_INVALID', { where: `${file}:${line}`, detail }, { cause });
  }
}
