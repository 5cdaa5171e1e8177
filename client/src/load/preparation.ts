import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection, OpeningListener } from '../http/connection.ts';
import { type Failure, timedOut } from '../http/failure.ts';
import { ClosedLoop } from './closed-loop.ts';
import type { LoadContext, Stage } from './context.ts';
import type { Waiting } from './deadlines.ts';

/** Connections that are being opened at the same time: more would overflow the queue of a server that accepts slowly. */
const OPENING_MAX = 128;
/** Before the start, closed connections are looked for this often, and opened again. */
const REOPEN_MS = 100;

/** Connections that meet the replicas at the same time. */
const MEETING_MAX = 16;
/** Where a Service does not know its replicas yet, the next connections are tried so much later, until that long. */
const MEETING_RETRY_MS = 50;
const MEETING_MS_MAX = 20_000;
/** A node that has not learned yet still sends to replicas that are gone, and those leave a connection unanswered. */
const MEETING_OPEN_MS_MAX = 1_000;

/** One connection that is opened ahead of its first request, within the timeout. */
class Opening implements OpeningListener, Waiting {
  deadlineUs = 0;
  before: Waiting | undefined;
  after: Waiting | undefined;
  readonly #context: LoadContext;
  readonly #connection: Connection;
  readonly #ended: (failure: Failure | undefined) => void;

  constructor(context: LoadContext, connection: Connection, ended: (failure: Failure | undefined) => void) {
    this.#context = context;
    this.#connection = connection;
    this.#ended = ended;
  }

  start(): void {
    this.#context.deadlines.add(this, this.#context.clock.nowUs());
    this.#connection.open(this);
  }

  cancel(): void {
    this.#context.deadlines.remove(this);
    this.#connection.close();
  }

  onOpened(): void {
    this.#context.deadlines.remove(this);
    this.#ended(undefined);
  }

  onClosed(failure: Failure): void {
    this.#context.deadlines.remove(this);
    this.#ended(failure);
  }

  onDeadline(): void {
    this.#connection.close();
    this.#ended(timedOut);
  }
}

/** Opens the connections, some at a time. Resolves when each was tried once; counts in `errors` why some failed. */
export function openAll(
  context: LoadContext,
  connections: readonly Connection[],
  errors: Map<string, number>,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let started = 0;
  let ended = 0;
  const openNext = () => {
    const connection = connections[started++];
    if (connection) new Opening(context, connection, onEnded).start();
  };
  const onEnded = (failure: Failure | undefined) => {
    if (failure && failure !== timedOut) errors.set(failure.code, (errors.get(failure.code) ?? 0) + 1);
    if (++ended === connections.length) resolve();
    else openNext();
  };
  if (connections.length === 0) resolve();
  for (let i = 0; i < OPENING_MAX; i++) openNext();
  return promise;
}

/** Opens again, once each time, what servers close before the load starts; until it is disposed of. */
export function keepOpen(context: LoadContext, connections: readonly Connection[]): Disposable {
  const open = new Set(connections.filter(({ state }) => state === 'idle'));
  const openings = new Set<Opening>();
  const reopen = (connection: Connection) => {
    open.delete(connection);
    const opening = new Opening(context, connection, (failure) => {
      openings.delete(opening);
      if (failure === undefined) open.add(connection);
    });
    openings.add(opening);
    opening.start();
  };
  const timer = setInterval(() => {
    for (const connection of open) if (connection.state === 'closed') reopen(connection);
  }, REOPEN_MS);
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
      for (const opening of openings) opening.cancel();
      openings.clear();
    },
  };
}

/** Each client sends `messages` in a closed loop without thinking. */
export async function warmUp(
  context: LoadContext,
  stage: Stage,
  connections: readonly Connection[],
  messages: number,
): Promise<void> {
  await new ClosedLoop(context, stage, connections, {
    messages,
    thinkTimeUs: 0,
    thinkDistribution: 'fixed',
  }).run();
}

/** Opens all of them at once, and returns those that are open in time; the others are closed again. */
async function openSoon(context: LoadContext, connections: readonly Connection[]): Promise<Connection[]> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const openings = new Set<Opening>();
  for (const connection of connections) {
    const opening = new Opening(context, connection, () => {
      openings.delete(opening);
      if (openings.size === 0) resolve();
    });
    openings.add(opening);
  }
  for (const opening of openings) opening.start();
  const timer = setTimeout(resolve, MEETING_OPEN_MS_MAX);
  await promise;
  clearTimeout(timer);
  for (const opening of openings) opening.cancel();
  return connections.filter(({ state }) => state === 'idle');
}

/**
 * Each client makes a fresh connection and one request on it, again and again, until `replicas` of them have answered
 * by name: a node learns of new replicas later than the API server, and a kept connection would never meet them. Ids have
 * the turn in them: none occurs twice. Resolves with how many; null where the answers name none.
 */
export async function meetReplicas(
  context: LoadContext,
  { words, recorder }: Stage,
  connections: readonly Connection[],
  { replicas, signal }: { replicas: number; signal: AbortSignal },
): Promise<number | null> {
  const meeting = connections.slice(0, MEETING_MAX);
  const endMs = performance.now() + MEETING_MS_MAX;
  const named = () => recorder.replicas.all.length;
  const isOver = () => named() >= replicas || performance.now() >= endMs || signal.aborted;
  for (let turn = 1; !isOver(); turn++) {
    const requestIdPrefix = `${words.requestIdPrefix}.${turn}`;
    const open = await openSoon(context, meeting);
    await warmUp(context, { recorder, words: { ...words, requestIdPrefix } }, open, 1);
    for (const connection of meeting) connection.close();
    const answers = recorder.outcomes.answered + recorder.outcomes.rejected;
    if (answers > 0 && named() === 0) return null;
    if (!isOver()) await sleep(MEETING_RETRY_MS);
  }
  return named();
}
