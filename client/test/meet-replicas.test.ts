import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { systemClock } from '@escala/model';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import type { Connection, OpeningListener, SendListener } from '../src/http/connection.ts';
import { sentKind } from '../src/http/request-kinds.ts';
import { type LoadContext, warmupWords } from '../src/load/context.ts';
import { Deadlines } from '../src/load/deadlines.ts';
import { meetReplicas } from '../src/load/preparation.ts';
import { Recorder } from '../src/measure/recorder.ts';
import { RowWriter } from '../src/rows/row-writer.ts';
import { closedPlan, startAgent } from './agent.ts';
import { rawServer } from './program.ts';

const answer = (body: string) => `HTTP/1.1 201 Created\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

// A pretend Service: which replica a connection meets is settled when it is opened. At first it knows only one.
test('fresh connections are made until every replica has answered, also one that the Service learns of late', async (t) => {
  let [connections, serial] = [0, 0];
  const replicaOf = new WeakMap<Socket, number>();
  const service = await rawServer((socket) => {
    if (!replicaOf.has(socket)) replicaOf.set(socket, ++connections <= 12 ? 0 : ++serial % 3);
    socket.write(answer(JSON.stringify({ replica: `r${replicaOf.get(socket)}` })));
  });
  const nameless = await rawServer((socket) => socket.write(answer('{}')));
  const agent = await startAgent(temporaryFolder(t));
  t.after(() => {
    agent.stop();
    service.server.close();
    nameless.server.close();
  });
  await agent.take({ ...closedPlan('named', service.url, 1), meet: 3 });
  const ready = await agent.until((state) => state.phase === 'ready');
  assert.equal(ready.phase === 'ready' && ready.met, 3);
  assert.ok(connections > 12);
  await agent.take({ ...closedPlan('nameless', nameless.url, 1), meet: 3 });
  const told = await agent.until((state) => state.phase === 'ready' && state.plan === 'nameless');
  assert.equal(told.phase === 'ready' && told.met, null);
});

/** A connection whose first opening leads to a replica that is gone and says nothing; the next one is answered. */
class PretendConnection implements Connection {
  readonly client = 1;
  state: Connection['state'] = 'closed';
  openings = 0;

  use(): void {}

  open(listener: OpeningListener): void {
    this.state = 'opening';
    if (++this.openings === 1) return;
    setImmediate(() => {
      this.state = 'idle';
      listener.onOpened();
    });
  }

  send(_message: number, listener: SendListener): void {
    this.state = 'idle';
    const body = Buffer.from('{"replica":"r1"}');
    const bytes = { bodyBytes: body.length, body, bodyFrom: 0, bodyTo: body.length };
    setImmediate(() => listener.onAnswered({ status: 201, ...bytes }));
  }

  close(): void {
    this.state = 'closed';
  }
}

test('a connection to a replica that is gone is given up long before its timeout, and another one is made', async (t) => {
  const plan = closedPlan('gone', 'http://service', 1);
  const deadlines = new Deadlines(plan.timeoutUs, systemClock);
  t.after(() => deadlines.close());
  const kind = sentKind('', ['2xx']);
  const context = { plan, deadlines, clock: systemClock, kindOf: () => kind } as unknown as LoadContext;
  const recorder = new Recorder(new RowWriter(undefined));
  const words = warmupWords(plan);
  const connection = new PretendConnection();
  const { signal } = new AbortController();
  const met = await meetReplicas(context, { words, recorder }, [connection], { replicas: 1, signal });
  assert.equal(met, 1);
  assert.equal(connection.openings, 2);
});
