import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AgentPlan, type ClosedLoad, type OpenLoad, systemClock } from '@escala/model';
import type { Answer, Connection, OpeningListener, SendListener } from '../src/http/connection.ts';
import { closedEarly } from '../src/http/failure.ts';
import { sentKind } from '../src/http/request-kinds.ts';
import { ClosedLoop } from '../src/load/closed-loop.ts';
import { type LoadContext, measuredWords, type Stage } from '../src/load/context.ts';
import { Deadlines } from '../src/load/deadlines.ts';
import { OpenLoop } from '../src/load/open-loop.ts';
import { PreciseTimer } from '../src/load/precise-timer.ts';
import { keepOpen, openAll } from '../src/load/preparation.ts';
import { Recorder } from '../src/measure/recorder.ts';
import { RowWriter } from '../src/rows/row-writer.ts';

const body = Buffer.from('{"replica":"pretended"}');
const answer: Answer = { status: 201, bodyBytes: body.length, body, bodyFrom: 0, bodyTo: body.length };

/** A connection of no protocol: it opens and answers in the next turn, as far as `does` says. */
class PretendedConnection implements Connection {
  state: Connection['state'] = 'closed';
  readonly client: number;
  readonly sent: number[] = [];
  openings = 0;
  does: 'answer' | 'refuse' | 'nothing' = 'answer';

  constructor(client: number) {
    this.client = client;
  }

  use(): void {}

  open(listener: OpeningListener): void {
    this.openings++;
    this.state = 'opening';
    setImmediate(() => {
      if (this.state !== 'opening' || this.does === 'nothing') return;
      this.state = this.does === 'answer' ? 'idle' : 'closed';
      if (this.does === 'answer') listener.onOpened();
      else listener.onClosed(closedEarly);
    });
  }

  send(message: number, listener: SendListener): void {
    this.sent.push(message);
    this.state = 'busy';
    setImmediate(() => {
      if (this.state !== 'busy' || this.does === 'nothing') return;
      this.state = 'idle';
      listener.onAnswered(answer);
    });
  }

  close(): void {
    this.state = 'closed';
  }
}

const openLoad: OpenLoad = {
  kind: 'open',
  ratePerSecond: 0,
  arrivals: 'uniform',
  durationUs: 0,
  maxConnections: 10,
  share: 0,
  shares: 1,
};
const plan: AgentPlan = {
  id: 'plan',
  run: 'run',
  cell: 'cell',
  requestIdPrefix: 'run',
  urls: [],
  load: openLoad,
  warmupMessages: 0,
  method: 'POST',
  headers: [],
  payloadBytes: 0,
  keepAlive: true,
  timeoutUs: 60_000_000,
  insecure: false,
  seed: '1',
};
const rhythm: Pick<ClosedLoad, 'messages' | 'thinkTimeUs' | 'thinkDistribution'> = {
  messages: 5,
  thinkTimeUs: 0,
  thinkDistribution: 'fixed',
};

const answered2xx = sentKind('', ['2xx']);

function pretendedLoad(clients: number) {
  const connections = Array.from({ length: clients }, (_, i) => new PretendedConnection(i + 1));
  const deadlines = new Deadlines(plan.timeoutUs, systemClock);
  const context: LoadContext = {
    plan,
    clock: systemClock,
    timer: new PreciseTimer(systemClock, () => 0),
    deadlines,
    kindOf: () => answered2xx,
    connect: (client) => {
      connections.push(new PretendedConnection(client));
      return connections.at(-1) as Connection;
    },
  };
  const stage: Stage = { words: measuredWords(plan), recorder: new Recorder(new RowWriter(undefined)) };
  return { connections, context, stage, [Symbol.dispose]: () => deadlines.close() };
}

test('a closed loop sends all its messages over any kind of connection', async () => {
  using load = pretendedLoad(3);
  const { connections, context, stage } = load;
  const loop = new ClosedLoop(context, stage, connections, rhythm);
  await loop.run();
  for (const { sent } of connections) assert.deepEqual(sent, [1, 2, 3, 4, 5]);
  assert.equal(stage.recorder.outcomes.answered, 15);
  assert.deepEqual(
    stage.recorder.replicas.all.map(({ name }) => name),
    ['pretended'],
  );
  assert.equal(loop.spans.length, 3);
});

test('an open loop opens the connections that it lacks', async () => {
  using load = pretendedLoad(0);
  const { connections, context, stage } = load;
  const loop = new OpenLoop(context, stage, [], { ...openLoad, ratePerSecond: 1_000, durationUs: 20_000 });
  await loop.run(systemClock.nowUs());
  assert.equal(stage.recorder.outcomes.answered, 20);
  assert.ok(connections.length >= 1 && connections.length <= 10, String(connections.length));
});

test('a load that is stopped before its start sends nothing, and leaves the timer to the others', async () => {
  using load = pretendedLoad(2);
  const { connections, context, stage } = load;
  const started = new Promise<void>((resolve) => context.timer.after(1_000, resolve));
  for (const loop of [
    new ClosedLoop(context, stage, connections, rhythm),
    new OpenLoop(context, stage, connections, { ...openLoad, ratePerSecond: 1_000, durationUs: 20_000 }),
  ]) {
    loop.stop();
    await started;
    await loop.run(systemClock.nowUs());
  }
  assert.equal(stage.recorder.ended, 0);
});

test('each request over a connection that does not open is a row', async () => {
  using load = pretendedLoad(2);
  const { connections, context, stage } = load;
  for (const connection of connections) connection.does = 'refuse';
  await new ClosedLoop(context, stage, connections, rhythm).run();
  assert.equal(stage.recorder.outcomes.reset, 10);
  assert.equal(stage.recorder.sent, 0);
});

test('a stopped closed loop is over when its last request is, though other clients were finished', async () => {
  using load = pretendedLoad(3);
  const { connections, context, stage } = load;
  const hanging = connections[2] as PretendedConnection;
  hanging.does = 'nothing';
  const loop = new ClosedLoop(context, stage, connections, rhythm);
  let isOver = false;
  const over = loop.run().then(() => {
    isOver = true;
  });
  while (loop.active > 1) await new Promise((resolve) => setImmediate(resolve));
  loop.stop();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(isOver, false);
  loop.giveUp();
  await over;
  assert.deepEqual(loop.spans.length, 3);
  assert.equal(stage.recorder.outcomes.timeout, 1);
});

test('connections are opened ahead, and opened again once when a server closes them before the start', async () => {
  using load = pretendedLoad(200);
  const { connections, context } = load;
  const refusing = connections[7] as PretendedConnection;
  refusing.does = 'refuse';
  const errors = new Map<string, number>();
  await openAll(context, connections, errors);
  assert.deepEqual([...errors], [['CLOSED_EARLY', 1]]);
  const closed = connections[3] as PretendedConnection;
  {
    using _kept = keepOpen(context, connections);
    closed.close();
    while (closed.openings < 2 || closed.state !== 'idle')
      await new Promise((resolve) => setTimeout(resolve, 5));
    closed.does = 'nothing';
    closed.close();
    while (closed.openings < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  // What was still opening at the start is left to the first request.
  assert.equal(closed.state, 'closed');
  assert.equal(refusing.openings, 1);
});
