import { createRandom, type PlannedRequest, textCell } from '@escala/model';

/** After so many requests their order is the same again. It must hold 50 kinds with weights up to 1,000. */
const ORDER_LENGTH = 65_536;
/** Requests that are shuffled among themselves: shares are right after each of these, whatever their order in it. */
const SHUFFLED = 64;
/** A status has three digits. */
const STATUSES = 1_000;

/** What a caller must know of the kind of a request. */
export interface SentKind {
  readonly name: string;
  /** The name as the bytes of a CSV cell; undefined without kinds. */
  readonly cell: Buffer | undefined;
  /** By status: 1 where it counts as answered. */
  readonly isAnswered: Uint8Array;
}

export function sentKind(name: string, expect: readonly string[]): SentKind {
  const isAnswered = new Uint8Array(STATUSES);
  for (const text of expect) {
    const first = Number(text.replaceAll('x', '0'));
    isAnswered.fill(1, first, text.endsWith('xx') ? first + 100 : first + 1);
  }
  return { name, cell: name === '' ? undefined : Buffer.from(textCell(name)), isAnswered };
}

/** Numbers of the messages of one stage: of each client from 1, or of all of them together. */
export type Numbering = 'each client' | 'all';

/**
 * Which kind of request comes when. It depends on the seed and on the place of the request among all of the load alone, so
 * that every share of the load, and every system, has the same order; and none has to remember how far another is.
 */
export class RequestOrder {
  readonly kinds: readonly SentKind[];
  readonly #clients: number;
  readonly #kindOf = new Uint8Array(ORDER_LENGTH);
  /** How many of the same kind came before in the order, and come in all of it. */
  readonly #before = new Uint32Array(ORDER_LENGTH);
  readonly #inAll: readonly number[];

  constructor(planned: readonly PlannedRequest[], clients: number, seed: string) {
    this.kinds = planned.map(({ name, expect }) => sentKind(name, expect));
    this.#clients = clients;
    const random = createRandom(`${seed}/order of requests`);
    const even = evenly(planned.map(({ weight }) => weight));
    const counts = planned.map(() => 0);
    for (let at = 0; at < ORDER_LENGTH; at += SHUFFLED) {
      for (const [i, kind] of random.shuffled(even.slice(at, at + SHUFFLED)).entries()) {
        this.#kindOf[at + i] = kind;
        this.#before[at + i] = counts[kind] as number;
        counts[kind] = (counts[kind] as number) + 1;
      }
    }
    this.#inAll = counts;
  }

  /** From 0. Clients that send at the same time are neighbours. */
  placeOf(client: number, message: number, numbering: Numbering): number {
    return numbering === 'all' ? message - 1 : (message - 1) * this.#clients + client - 1;
  }

  kindOf(client: number, message: number, numbering: Numbering): SentKind {
    return this.kinds[this.kindAt(this.placeOf(client, message, numbering))] as SentKind;
  }

  kindAt(place: number): number {
    return this.#kindOf[place % ORDER_LENGTH] as number;
  }

  /** How many requests of that kind came before it: which row and which body it takes. */
  turnAt(place: number): number {
    const at = place % ORDER_LENGTH;
    const rounds = (place - at) / ORDER_LENGTH;
    return rounds * (this.#inAll[this.#kindOf[at] as number] as number) + (this.#before[at] as number);
  }
}

/** Kinds in their shares, each as evenly as can be: every next one is the kind that is furthest behind its share. */
function evenly(weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const behind = weights.map(() => 0);
  return Array.from({ length: ORDER_LENGTH }, () => {
    let most = 0;
    for (const [kind, weight] of weights.entries()) {
      behind[kind] = (behind[kind] as number) + weight;
      if ((behind[kind] as number) > (behind[most] as number)) most = kind;
    }
    behind[most] = (behind[most] as number) - all;
    return most;
  });
}
