import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { listen } from '../../test/listen.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { closedPlan, startAgent } from './agent.ts';
import { rawServer } from './program.ts';

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

test('a plan that comes while the agent is loading a server gone silent drops that load, and succeeds', async (t) => {
  let [answers, isSilent] = [0, false];
  const silent = await rawServer((socket) => {
    // Four warm up; then each client gets some answers, so that rows wait to be written when all falls silent.
    isSilent ||= ++answers > 40;
    if (!isSilent) socket.write(ok);
  });
  const speaking = await rawServer((socket) => socket.write(ok));
  const agent = await startAgent(temporaryFolder(t));
  t.after(() => {
    agent.stop();
    silent.server.close();
    speaking.server.close();
  });
  await agent.take(closedPlan('first', silent.url, 1_000_000));
  await agent.until(({ phase }) => phase === 'ready');
  await agent.start('first');
  await agent.until((state) => state.phase === 'running' && isSilent && state.progress.answered >= 30);

  await agent.take(closedPlan('second', speaking.url, 50));
  await agent.until((state) => state.phase === 'ready' && state.plan === 'second');
  // The rows of the first load would have been written by a timer of half a second: the second starts after it.
  const atUs = (Date.now() + 700) * 1_000;
  await agent.start('second', atUs);
  await agent.until((state) => state.phase === 'done' && state.plan === 'second');
  const [, ...rows] = (await agent.rows('second')).trimEnd().split('\n');
  assert.equal(rows.length, 200);
  for (const row of rows) assert.match(row, /^second\.\d+\.\d+,/);
});

test('what a plan does not carry is read from the agent’s own file, and a broken one is not quoted', async (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'secrets');
  writeFileSync(file, '{"shop": {"headers": ["authorization: s3cr3t"]}}');
  const seen = new Set<string | undefined>();
  const server = createServer(({ headers }, response) => {
    seen.add(headers.authorization);
    response.end();
  });
  const url = `http://127.0.0.1:${await listen(t, server)}/`;
  const agent = await startAgent(folder, { AGENT_SECRETS: file });
  t.after(agent.stop);
  await agent.take({ ...closedPlan('held', url, 1), heldFor: 'shop' });
  await agent.until(({ phase }) => phase === 'ready');
  assert.deepEqual([...seen], ['s3cr3t']);

  const other = await agent.take({ ...closedPlan('other', url, 1), heldFor: 'other' });
  assert.deepEqual(await other.json(), { error: 'no secrets of other lie here' });
  writeFileSync(file, '{"shop": s3cr3t');
  const broken = await agent.take({ ...closedPlan('broken', url, 1), heldFor: 'shop' });
  assert.deepEqual(await broken.json(), { error: 'what should be JSON is not' });
});
