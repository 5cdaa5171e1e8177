import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { before, type TestContext, test } from 'node:test';
import { listen } from '../../test/listen.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { rawServer, readRows, runClient, startClient } from './program.ts';

const folder = temporaryFolder(test);
const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
const out = join(folder, 'rows.csv');
before(() => {
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...names];
  execFileSync('openssl', [...request, '-keyout', key, '-out', cert], { stdio: 'ignore' });
});

/** An HTTPS server whose certificate nobody has signed. */
async function httpsServer(t: TestContext): Promise<string> {
  const server = createHttpsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => {
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"replica":"tls-1"}');
  });
  return `https://localhost:${await listen(t, server)}/`;
}

const small = ['--clients', '2', '--messages', '3'];

test('a certificate that nobody vouches for is refused, and its cause is named', async (t) => {
  const { stdout } = await runClient('--url', await httpsServer(t), ...small, '--json', '--out', out);
  const summary = JSON.parse(stdout);
  assert.deepEqual(summary.failed, { refused: 6 });
  assert.deepEqual(summary.causes, { DEPTH_ZERO_SELF_SIGNED_CERT: 6 });
  for (const row of readRows(out)) assert.equal(row['sent_us'], '');
});

test('--insecure is answered, and says so in every output', async (t) => {
  const url = await httpsServer(t);
  const percentiles = join(folder, 'latency.hgrm');
  const json = await runClient('--url', url, ...small, '--insecure', '--json', '--percentiles', percentiles);
  const summary = JSON.parse(json.stdout);
  assert.equal(summary.answered, 6);
  assert.equal(summary.insecure, true);
  assert.deepEqual(summary.replicas, { 'tls-1': 6 });
  const text = await runClient('--url', url, ...small, '--insecure');
  for (const output of [json.stderr, text.stderr, text.stdout, readFileSync(percentiles, 'utf8')]) {
    assert.match(output, /WARNING: certificates were NOT checked \(--insecure\)/);
  }
});

test('an authority of the system is trusted without a word', async (t) => {
  const argv = ['--url', await httpsServer(t), ...small, '--json'];
  // Where the system keeps its authorities is OpenSSL's to say; this variable moves it.
  const { ended } = startClient(argv, { SSL_CERT_FILE: cert });
  const { stdout, stderr } = await ended;
  const summary = JSON.parse(stdout);
  assert.equal(summary.answered, 6, JSON.stringify(summary.causes));
  assert.equal(summary.insecure, false);
  assert.equal(stderr, '');
});

test('a reset before the request was written leaves sent_us empty, one after it does not', async () => {
  const plain = await rawServer((socket) => socket.resetAndDestroy());
  const cases = { [plain.url]: false, [plain.url.replace('http:', 'https:')]: true };
  for (const [url, isBefore] of Object.entries(cases)) {
    await runClient('--url', url, ...small, '--json', '--out', out);
    const rows = readRows(out);
    assert.deepEqual(
      rows.map((row) => row['outcome']),
      Array(6).fill('reset'),
      url,
    );
    for (const row of rows) assert.equal(row['sent_us'] === '', isBefore, url);
  }
  plain.server.close();
});

test('IPv6 addresses are sent to', async (t) => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'));
  });
  try {
    await once(server.listen(0, '::1'), 'listening');
  } catch {
    return t.skip('this machine has no IPv6');
  }
  t.after(() => server.close());
  const url = `http://[::1]:${(server.address() as AddressInfo).port}/`;
  const { stdout } = await runClient('--url', url, ...small, '--json');
  assert.equal(JSON.parse(stdout).answered, 6);
});
