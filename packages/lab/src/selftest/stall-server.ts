import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import type { PlantedStall } from './planted-truth.ts';

/**
 * A thread that serves with a planted stall: it answers each request after a fixed time, and freezes as told. Without a
 * stall it answers at once: the null server.
 */
const stall = workerData as PlantedStall | null;
const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
/** Below this the event loop is turned instead of a timer set, which would be late by a millisecond. */
const TURN_MS = 2;
/** A thread that has slept for a second may wake some milliseconds late: it is awake so long before its freeze ends. */
const AWAKE_MS = 20;
/** How often, and by how many clients at once, the thread is asked by itself before it serves. */
const REHEARSALS = 10;
const REHEARSED_CLIENTS = 100;

const due: { atMs: number; socket: Socket }[] = [];
/** When the first request came; none begins the freezes while the thread rehearses. */
let firstMs: number | undefined = 0;
let isWaiting = false;

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => socket.destroy());
  // The client has one request in flight on a connection, and its requests are small: each read is one request.
  socket.on('data', () => (stall === null ? socket.write(answer, 'latin1') : serveLater(socket, stall)));
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address() as AddressInfo;
await rehearse();
parentPort?.postMessage(port);

/** A freeze ends with a hundred requests at once: for code that has not run yet they are 20 ms of work. */
async function rehearse(): Promise<void> {
  for (let i = 0; i < REHEARSALS; i++) {
    await Promise.all(Array.from({ length: REHEARSED_CLIENTS }, askOnce));
  }
  firstMs = undefined;
}

async function askOnce(): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.write('GET / HTTP/1.1\r\n\r\n');
  await once(socket, 'data');
  socket.destroy();
}

function serveLater(socket: Socket, { serviceUs, freezesAtUs, freezeUs }: PlantedStall): void {
  const nowMs = performance.now();
  if (firstMs === undefined) {
    firstMs = nowMs;
    for (const atUs of freezesAtUs)
      setTimeout(() => freeze(nowMs + atUs / 1_000, freezeUs / 1_000), atUs / 1_000 - TURN_MS);
  }
  due.push({ atMs: nowMs + serviceUs / 1_000, socket });
  if (!isWaiting) wait();
}

/** The whole thread sleeps from `fromMs` on: it reads nothing and answers nothing. */
function freeze(fromMs: number, lengthMs: number): void {
  if (performance.now() < fromMs) {
    setImmediate(() => freeze(fromMs, lengthMs));
    return;
  }
  const thawMs = fromMs + lengthMs;
  const sleepMs = thawMs - AWAKE_MS - performance.now();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, sleepMs);
  while (performance.now() < thawMs);
}

/** Answers what is due. All services are equally long, so the first in line is the first due. */
function wait(): void {
  const nowMs = performance.now();
  for (let head = due[0]; head && head.atMs <= nowMs; head = due[0]) {
    due.shift();
    head.socket.write(answer, 'latin1');
  }
  const next = due[0];
  isWaiting = next !== undefined;
  if (next === undefined) return;
  const leftMs = next.atMs - performance.now();
  if (leftMs > TURN_MS) setTimeout(wait, leftMs - TURN_MS);
  else setImmediate(wait);
}
