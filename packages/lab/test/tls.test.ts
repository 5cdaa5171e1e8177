import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type ServerOptions } from 'node:https';
import { join } from 'node:path';
import { before, type TestContext, test } from 'node:test';
import { type Sentence, systemClock } from '@escala/model';
import { listen } from '../../../test/listen.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { parseExperiment } from '../src/experiment/read.ts';
import { startStudy } from '../src/study/study.ts';
import { targets } from '../src/targets/index.ts';

const folder = temporaryFolder(test);
const file = (name: string) => join(folder, name);
const openssl = (...argv: string[]) => execFileSync('openssl', argv, { cwd: folder, stdio: 'ignore' });

/** An authority, and certificates that it signed; `other` signed itself. */
before(() => {
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  openssl(...request, '-subj', '/CN=planted authority', '-keyout', 'ca.key', '-out', 'ca.pem');
  openssl(
    ...request,
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost',
    '-keyout',
    'other.key',
    '-out',
    'other.pem',
  );
  const sign = (name: string, subject: string, dates: string[]) => {
    openssl(
      'req',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      `/CN=${subject}`,
      '-addext',
      `subjectAltName=DNS:${subject}`,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
    );
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-copy_extensions',
      'copy',
      ...dates,
      '-out',
      `${name}.pem`,
    );
  };
  sign('right', 'localhost', ['-days', '2']);
  sign('expired', 'localhost', ['-days', '-1']);
  sign('named', 'shop.test', ['-days', '2']);
  sign('me', 'me', ['-days', '2']);
});

async function measured(context: TestContext, server: string, tls: object, options: ServerOptions = {}) {
  const pem = { key: readFileSync(file(`${server}.key`)), cert: readFileSync(file(`${server}.pem`)) };
  const https = createServer({ ...pem, ...options }, (_, response) => response.end('ok'));
  const url = `https://localhost:${await listen(context, https)}`;
  const experimentText = `systems: [{ name: shop, url: "${url}", tls: ${JSON.stringify(tls)} }]\nreplicas: as-is\nclients: 1\nmessages: 3\nwarmup: 0\nagents: 1\n`;
  const experiment = parseExperiment(experimentText, 'planted.yaml');
  const signal = new AbortController().signal;
  const outcome = await startStudy(
    { folder: temporaryFolder(context), clock: systemClock, signal, listeners: [], targets, place: {} },
    { run: 'planted', target: 'local', experiment, experimentText },
  );
  const answered = outcome.records[0]?.counts.outcomes.answered;
  const detail = outcome.failure?.values['detail'] as Sentence | undefined;
  return { answered, says: detail?.en ?? '', diz: detail?.['pt-BR'] ?? '' };
}

const ca = file('ca.pem');

test('an authority, a name and a certificate of the client make the connections that they should', async (context) => {
  assert.equal((await measured(context, 'right', { ca })).answered, 3);
  assert.equal((await measured(context, 'named', { ca, serverName: 'shop.test' })).answered, 3);
  assert.equal((await measured(context, 'expired', { insecure: true })).answered, 3);
  const demands = { requestCert: true, rejectUnauthorized: true, ca: readFileSync(ca) };
  const own = { cert: file('me.pem'), key: file('me.key') };
  assert.equal((await measured(context, 'right', { ca, ...own }, demands)).answered, 3);
});

test('each thing that is wrong with a certificate has its sentence, in both languages', async (context) => {
  const demands = { requestCert: true, rejectUnauthorized: true, ca: readFileSync(ca) };
  const cases = [
    ['named', { ca }, {}, /is for another name/],
    ['expired', { ca }, {}, /has expired/],
    ['other', { ca }, {}, /is signed by itself/],
    ['right', {}, {}, /an authority that is not known here/],
    ['right', { ca }, demands, /demands a certificate of the client/],
  ] as const;
  for (const [server, tls, options, expected] of cases) {
    const { says, diz, answered } = await measured(context, server, tls, options);
    assert.match(says, expected, server);
    assert.notEqual(diz, says);
    assert.equal(answered, undefined);
  }
});

test('a file that is no certificate, or not there, ends the study before it starts', async (context) => {
  await assert.rejects(measured(context, 'right', { ca: file('none.pem') }), { code: 'FILE_UNREADABLE' });
  const mixed = { cert: file('me.pem'), key: file('right.key') };
  await assert.rejects(measured(context, 'right', mixed), { code: 'TLS_INVALID' });
});
