import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { message, post } from './support/in-process.ts';
import { ledgerRows } from './support/ledger-rows.ts';
import { startServerProcess } from './support/server-process.ts';

async function inFlight(url: string, count: number): Promise<void> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  if (!metrics.includes(`escala_requests_in_flight ${count}\n`)) await inFlight(url, count);
}

/** Resolves when the server takes no new connection. */
async function refused(url: string): Promise<void> {
  const open = await fetch(`${url}/healthz`).then(
    () => true,
    () => false,
  );
  if (open) await refused(url);
}

test('SIGTERM finishes what is in flight, closes its connection, and exits 0', async (t) => {
  const folder = temporaryFolder(t);
  // With standard input open, as the lab has it: that must not keep the process alive.
  const environment = { DATA_DIR: folder, SERVICE_TIME: '300ms', END_WITH_STDIN: 'true' };
  const server = await startServerProcess(environment);
  const answer = post(server.url, message);
  await inFlight(server.url, 1);
  const ended = server.end('SIGTERM');
  const response = await answer;
  assert.equal(response.status, 201);
  assert.equal(response.headers.get('connection'), 'close');
  assert.equal(await ended, 0);
  assert.equal(ledgerRows(folder).length, 1);
});

test('readiness goes first: a probe that is under way when the signal comes reads that it drains', async (t) => {
  const server = await startServerProcess({ DATA_DIR: temporaryFolder(t), SERVICE_TIME: '60s', DRAIN: '5s' });
  const cut = assert.rejects(post(server.url, message));
  await inFlight(server.url, 1);
  const probe = connect(server.port, '127.0.0.1').setEncoding('latin1');
  let text = '';
  probe.on('data', (chunk) => {
    text += chunk;
  });
  // Answered, so the second probe's beginning has been read when the signal comes.
  probe.write('GET /readyz HTTP/1.1\r\nhost: x\r\n\r\nGET /readyz HTTP/1.1\r\n');
  await once(probe, 'data');
  server.child.kill('SIGTERM');
  await refused(server.url);
  probe.write('host: x\r\n\r\n');
  await once(probe, 'close');
  assert.match(
    text,
    /^HTTP\/1.1 200[\s\S]*ready\n[\s\S]*HTTP\/1.1 503[\s\S]*connection: close[\s\S]*draining\n$/,
  );
  assert.equal(await server.end('SIGTERM'), 'SIGTERM');
  await cut;
});

test('what is in flight when the time is up is cut, and said', async (t) => {
  const environment = { DATA_DIR: temporaryFolder(t), SERVICE_TIME: '60s', DRAIN: '100ms' };
  const server = await startServerProcess(environment);
  const answer = assert.rejects(post(server.url, message));
  await inFlight(server.url, 1);
  assert.equal(await server.end('SIGTERM'), 0);
  await answer;
  assert.match(server.stderr(), /drain: .*1 request in flight/);
});

test('a second signal ends at once', async (t) => {
  const server = await startServerProcess({ DATA_DIR: temporaryFolder(t), SERVICE_TIME: '60s' });
  const answer = assert.rejects(post(server.url, message));
  await inFlight(server.url, 1);
  server.child.kill('SIGTERM');
  await refused(server.url);
  assert.equal(await server.end('SIGTERM'), 'SIGTERM');
  await answer;
});

test('END_WITH_STDIN ends the process with its standard input, without draining', async (t) => {
  const environment = { DATA_DIR: temporaryFolder(t), SERVICE_TIME: '60s', END_WITH_STDIN: 'true' };
  const server = await startServerProcess(environment);
  const answer = assert.rejects(post(server.url, message));
  await inFlight(server.url, 1);
  const ended = once(server.child, 'exit');
  server.child.stdin?.end();
  await ended;
  await answer;
});

test('a second server on one ledger, a taken port and a foreign address refuse to start', async (t) => {
  const environment = { DATA_DIR: temporaryFolder(t) };
  const first = await startServerProcess(environment);
  await assert.rejects(startServerProcess(environment), /exit 4: escala server: LEDGER_LOCKED/);
  const byTheLab = { ...environment, END_WITH_STDIN: 'true' };
  await assert.rejects(startServerProcess(byTheLab), /exit 4: escala server: LEDGER_LOCKED/);
  await assert.rejects(
    startServerProcess({ DATA_DIR: temporaryFolder(t), PORT: String(first.port) }),
    /exit 4: escala server: PORT_TAKEN/,
  );
  const elsewhere = { DATA_DIR: temporaryFolder(t), HOST: '203.0.113.1' };
  await assert.rejects(startServerProcess(elsewhere), /exit 2: escala server: OPTION_INVALID: --host/);
  assert.equal(await first.end('SIGTERM'), 0);
});
