import { setTimeout as sleep } from 'node:timers/promises';
import { fillEach, inFlightOf, type Sentence, sentences } from '@escala/model';

const words = sentences.lab.untilIdle;

/**
 * Asks a replica's `/metrics` until nothing is in flight there, or `isOver`. `ask` gives its text, empty without an
 * answer. Resolves with undefined, or with how many requests were in flight at the end.
 */
export async function untilIdle(
  ask: () => Promise<string>,
  { isOver, pollMs, signal }: { isOver: () => boolean; pollMs: number; signal?: AbortSignal },
): Promise<Sentence | undefined> {
  let found: number | undefined;
  while (!isOver()) {
    found = inFlightOf(await ask()) ?? found;
    if (found === 0) return undefined;
    await sleep(pollMs, undefined, { signal });
  }
  return found === undefined ? words.noAnswer : fillEach(words.inFlight, { count: String(found) });
}
