import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** A named message of the stream; `data` is JSON. */
interface FeedMessage {
  readonly name: string;
  readonly data: string;
}

/**
 * All messages of the page, in order, and the listeners that wait for more. A listener is woken, and reads by position at
 * its own pace: a slow browser delays no other.
 */
export class Feed {
  #messages: FeedMessage[] = [];
  #generation = 0;
  readonly #waiting = new Set<() => void>();

  /** Counts how often the feed began anew: a position is worth nothing in another generation. */
  get generation(): number {
    return this.#generation;
  }

  at(position: number): FeedMessage | undefined {
    return this.#messages[position];
  }

  add(name: string, value: unknown): void {
    this.#messages.push({ name, data: JSON.stringify(value) });
    this.#wake();
  }

  /** Drops all messages, because another run begins. */
  startAnew(): void {
    this.#messages = [];
    this.#generation++;
    this.#wake();
  }

  /** `wake` is called once, when there is news; the returned function takes it back. */
  onNews(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}

/** A comment goes out this often when there is no news, so that a browser that went away is noticed. */
const HEARTBEAT_MS = 15_000;

/**
 * Sends the feed as server-sent events. The id of each is `<generation>.<position>`: a browser that comes back names the
 * last one that it had, and goes on behind it.
 */
export async function sendEventStream(
  feed: Feed,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  const closed = new AbortController();
  response.once('close', () => closed.abort());
  let { generation, position } = whereFrom(request.headers['last-event-id'], feed);
  if (position === 0) response.write('event: reset\ndata: {}\n\n');
  while (!closed.signal.aborted) {
    if (generation !== feed.generation) {
      [generation, position] = [feed.generation, 0];
      response.write('event: reset\ndata: {}\n\n');
    }
    const message = feed.at(position);
    if (!message) {
      response.write(`event: told\ndata: {}\n\n`);
      await news(feed, response, closed.signal);
      continue;
    }
    const isRoomLeft = response.write(
      `event: ${message.name}\nid: ${generation}.${position}\ndata: ${message.data}\n\n`,
    );
    position++;
    if (!isRoomLeft) await once(response, 'drain', { signal: closed.signal }).catch(() => {});
  }
}

/** Behind the last event that the browser had, where it is of this generation; else from the beginning. */
function whereFrom(lastEventId: string | string[] | undefined, feed: Feed) {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(String(lastEventId ?? ''));
  const isOfNow = match !== null && Number(match[1]) === feed.generation;
  const position = isOfNow ? Number(match[2]) + 1 : 0;
  return { generation: feed.generation, position: feed.at(position - 1) ? position : 0 };
}

/** Until there is news or the browser has gone; meanwhile, heartbeats. */
async function news(feed: Feed, response: ServerResponse, gone: AbortSignal): Promise<void> {
  const over = new AbortController();
  const forget = feed.onNews(() => over.abort());
  const signal = AbortSignal.any([over.signal, gone]);
  while (!signal.aborted) {
    const isSilent = await sleep(HEARTBEAT_MS, true, { signal }).catch(() => false);
    if (isSilent) response.write(': still here\n\n');
  }
  forget();
}
