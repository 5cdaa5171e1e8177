import { controlCharacter, FIELD_CHARACTERS_MAX, textCell } from '@escala/model';

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

/** Finds the field `replica` in the beginning of a JSON body. Servers of others have none. */
export class ReplicaNames {
  readonly #known = new Map<string, Replica>();

  /** All that answered so far, in order of their first answer. */
  get all(): readonly Replica[] {
    return [...this.#known.values()];
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
    // It would make a row that is two lines for some readers.
    return name.length <= FIELD_CHARACTERS_MAX && !controlCharacter.test(name) ? name : undefined;
  } catch {
    // Not JSON after all: whatever it is, it names no replica.
    return undefined;
  }
}
