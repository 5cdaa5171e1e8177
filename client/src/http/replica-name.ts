import { controlCharacter, FIELD_CHARACTERS_MAX, type ReplicaPlace, textCell } from '@escala/model';
import type { Answer } from './connection.ts';

/** Different names that are told apart; answers of further ones are counted as answers without a name. */
const REPLICAS_MAX = 10_000;

/** A replica that has answered: its name, the same as the bytes of a CSV cell, and how often it answered. */
export interface Replica {
  readonly name: string;
  readonly cell: Buffer;
  answered: number;
}

const usualStart = Buffer.from('{"replica":"', 'latin1');
const OPENING_BRACE = 123;
const QUOTE = 34;
const BACKSLASH = 92;

/** Finds the name of the replica in answers: where it was said to be, else in the field `replica` of a JSON body. */
export class ReplicaNames {
  readonly #known = new Map<string, Replica>();
  readonly #header: string | undefined;
  readonly #path: readonly string[] | undefined;

  constructor({ header, json }: ReplicaPlace = {}) {
    this.#header = header;
    this.#path = json?.split('.');
  }

  /** All that answered so far, in order of their first answer. */
  get all(): readonly Replica[] {
    return [...this.#known.values()];
  }

  /** The replica that an answer names; `likely` answered on this connection before. */
  of({ body, bodyFrom, bodyTo, field }: Answer, likely: Replica | undefined): Replica | undefined {
    if (this.#header === undefined && this.#path === undefined)
      return this.find(body, bodyFrom, bodyTo, likely);
    const name = this.#path ? valueAt(body.toString('utf8', bodyFrom, bodyTo), this.#path) : field;
    if (name !== undefined && name === likely?.name) return likely;
    return name !== undefined && isName(name) ? this.#replica(name) : undefined;
  }

  /**
   * The replica that the body between the two positions names. `likely` answered on this connection before:
   * that replica is recognised without making a string.
   */
  find(body: Buffer, from: number, to: number, likely: Replica | undefined): Replica | undefined {
    if (to - from < 2 || body[from] !== OPENING_BRACE) return undefined;
    if (likely !== undefined && isUsual(body, from, to, likely.name)) return likely;
    const name = nameIn(body.toString('utf8', from, to));
    return name === undefined ? undefined : this.#replica(name);
  }

  #replica(name: string): Replica | undefined {
    const known = this.#known.get(name);
    if (known || this.#known.size >= REPLICAS_MAX) return known;
    const replica = { name, cell: Buffer.from(textCell(name)), answered: 0 };
    this.#known.set(name, replica);
    return replica;
  }
}

/** Whether the body begins as our server writes it, `{"replica":"<name>"`. */
function isUsual(body: Buffer, from: number, to: number, name: string): boolean {
  const nameFrom = from + usualStart.length;
  if (nameFrom + name.length >= to || body[nameFrom + name.length] !== QUOTE) return false;
  // Byte by byte from the end: names of replicas differ in their last letters.
  for (let i = name.length - 1; i >= 0; i--) if (body[nameFrom + i] !== name.charCodeAt(i)) return false;
  for (let i = 0; i < usualStart.length; i++) if (body[from + i] !== usualStart[i]) return false;
  return body[nameFrom + name.length - 1] !== BACKSLASH;
}

function nameIn(json: string): string | undefined {
  const found = /[{,]\s*"replica"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(json)?.[1];
  if (found === undefined) return undefined;
  try {
    const name: string = JSON.parse(found);
    return isName(name) ? name : undefined;
  } catch {
    // Not JSON after all: whatever it is, it names no replica.
    return undefined;
  }
}

/** Any other would make a row that is two lines for some readers. */
const isName = (text: string) =>
  text !== '' && text.length <= FIELD_CHARACTERS_MAX && !controlCharacter.test(text);

const jsonPart = /\s*("(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+)/gy;

/** The text or number at a path of a JSON object, of which only the beginning may be here. */
function valueAt(json: string, path: readonly string[]): string | undefined {
  // The key that each open object is at; a list has none.
  const keys: (string | null)[] = [];
  let before = '';
  for (const [, part = ''] of json.matchAll(jsonPart)) {
    const isInObject = typeof keys.at(-1) === 'string';
    if (part === '{') keys.push('');
    else if (part === '[') keys.push(null);
    else if (part === '}' || part === ']') keys.pop();
    else if (part !== ':' && part !== ',') {
      if (isInObject && (before === '{' || before === ',')) keys[keys.length - 1] = textOf(part);
      else if (keys.length === path.length && path.every((key, i) => key === keys[i])) return textOf(part);
    }
    before = part;
  }
  return undefined;
}

function textOf(part: string): string {
  try {
    return String(JSON.parse(part));
  } catch {
    return part;
  }
}
