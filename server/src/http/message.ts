import { isUtf8 } from 'node:buffer';
import { controlCharacter, type Message } from '@escala/model';
import type { Limits } from './app.ts';
import type { Refusal } from './refusals.ts';

const fields = ['run', 'cell', 'client', 'message'] as const;

/** The message in the body of a POST, or why it is none. Fields that are not ours are ignored, `data` with them. */
export function parseMessage(body: Buffer, limits: Limits): Message | Refusal {
  if (!isUtf8(body)) return { code: 'MALFORMED_JSON', detail: 'it is not UTF-8' };
  const text = body.toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return { code: 'MALFORMED_JSON', detail: jsonFault(cause as Error) };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { code: 'MALFORMED_JSON', detail: 'it is not an object' };
  }
  const message = value as Message;
  for (const field of fields) {
    const fault = fieldFault(message[field], field, limits);
    if (fault) return { code: 'FIELD_INVALID', detail: fault };
  }
  // A new object, so that nothing else of the body lives on while the row waits.
  const { run, cell, client, message: number } = message;
  return { run, cell, client, message: number };
}

/** V8 names the position, or the character that it did not expect. */
function jsonFault({ message }: Error): string {
  const [, position] = /position (\d+)/.exec(message) ?? [];
  if (position !== undefined) return `it is wrong at position ${position}`;
  const [, character] = /token '(.+?)'/s.exec(message) ?? [];
  return character === undefined ? 'it ends too early' : `it has an unexpected ${JSON.stringify(character)}`;
}

function fieldFault(value: unknown, field: string, { fieldCharacters }: Limits): string | undefined {
  if (typeof value === 'string') {
    if (value.length > fieldCharacters) return `"${field}" is longer than ${fieldCharacters} characters`;
    return controlCharacter.test(value) || !value.isWellFormed()
      ? `"${field}" holds a line break, another control character or half a character`
      : undefined;
  }
  const numbered = field === 'client' || field === 'message';
  if (numbered && Number.isSafeInteger(value)) return undefined;
  if (value === undefined) return `"${field}" is missing`;
  return `"${field}" must be ${numbered ? 'a whole number below 2^53, or text' : 'text'}`;
}
