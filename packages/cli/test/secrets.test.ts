// Real studies and real clients with a secret, and a look into everything that they show and leave.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { listen } from '../../../test/listen.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';

const secret = 'Bearer s3cr3t-XyZ-0123456789';
const main = join(import.meta.dirname, '../src/main.ts');

/**
 * A service that takes one token only, and quotes what it was given. Resolves `busy` at the request of that number, and
 * takes the token no more from the request `expiresAt` on.
 */
async function service(context: TestContext, wanted: string, busyAt = 1, expiresAt = Infinity) {
  const busy = Promise.withResolvers<void>();
  let [requests, refused] = [0, 0];
  const server = createServer((request, response) => {
    if (++requests === busyAt) busy.resolve();
    const isWanted = request.headers.authorization === wanted && requests < expiresAt;
    if (!isWanted) refused++;
    response.writeHead(isWanted ? 200 : 401).end(`you sent ${request.headers.authorization}`);
  });
  const url = `http://127.0.0.1:${await listen(context, server)}`;
  return { url, busy: busy.promise, counts: () => ({ requests, refused }) };
}

function experiment(
  folder: string,
  url: string,
  { from = '{ env: SHOP_TOKEN }', messages = 20 } = {},
): string {
  const file = join(folder, 'shop.yaml');
  const system = `{ name: shop, url: "${url}", headers: { authorization: ${from} } }`;
  const load = `replicas: as-is\nclients: 2\nmessages: ${messages}\nagents: 1\n`;
  writeFileSync(file, `systems: [${system}]\n${load}`);
  return file;
}

function escala(argv: readonly string[], variables: NodeJS.ProcessEnv = { SHOP_TOKEN: secret }) {
  const child = spawn(process.execPath, [main, ...argv], { env: { ...process.env, ...variables } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, said }));
  return { child, ended };
}

/** Files below the folder that hold the secret, or a part of it. */
function filesWithSecret(folder: string): string[] {
  const files = globSync('**', { cwd: folder }).filter((file) => statSync(join(folder, file)).isFile());
  assert.ok(files.length > 2, 'a run leaves files');
  return files.filter((file) => readFileSync(join(folder, file), 'latin1').includes('s3cr3t'));
}

/** What a file of `/proc` says of each process that lives; of those of others only some can be read. */
function processesSaying(file: 'cmdline' | 'environ', text: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/${file}`, 'latin1').includes(text);
    } catch {
      return false;
    }
  });
}

test('a secret is sent, and is in no file, no argument and no output; agents do not even have the variable', async (context) => {
  const folder = temporaryFolder(context);
  const { url, busy, counts } = await service(context, secret, 50);
  const out = join(folder, 'run');
  const { child, ended } = escala(['run', experiment(folder, url, { messages: 400 }), '--out', out]);
  await busy;
  assert.deepEqual(processesSaying('cmdline', 's3cr3t'), []);
  assert.deepEqual(processesSaying('environ', secret), [String(child.pid)]);
  const { code, said } = await ended;
  assert.equal(code, 0, said);
  assert.equal(said.includes('s3cr3t'), false);
  assert.deepEqual(filesWithSecret(out), []);
  assert.ok(readFileSync(join(out, 'manifest.json'), 'utf8').includes('"env": "SHOP_TOKEN"'));
  assert.equal(counts().refused, 0);
});

test('after a kill in the middle the secret lies nowhere, and the run goes on with it', async (context) => {
  const folder = temporaryFolder(context);
  const { url, busy } = await service(context, secret, 100);
  const out = join(folder, 'run');
  const token = join(folder, 'token');
  writeFileSync(token, `${secret}\n`);
  const from = `{ file: ${JSON.stringify(token)} }`;
  const file = experiment(folder, url, { from, messages: 400 });
  const killed = escala(['run', file, '--out', out]);
  await busy;
  killed.child.kill('SIGKILL');
  const { said } = await killed.ended;
  assert.equal(said.includes('s3cr3t'), false);
  assert.deepEqual(filesWithSecret(out), []);
  const resumed = await escala(['run', '--resume', out]).ended;
  assert.equal(resumed.code, 0, resumed.said);
  assert.deepEqual(filesWithSecret(out), []);
});

test('a service that refuses the token ends the study at its first request, and its words without the token', async (context) => {
  const folder = temporaryFolder(context);
  const { url, counts } = await service(context, 'another');
  const out = join(folder, 'run');
  const { code, said } = await escala(['run', experiment(folder, url), '--out', out]).ended;
  assert.equal(code, 4, said);
  assert.match(
    said,
    /SERVICE_REJECTS: http:\S+ answers 401 to the first request, and begins with “you sent \*\*\*”/,
  );
  assert.equal(said.includes('s3cr3t'), false);
  assert.deepEqual(filesWithSecret(out), []);
  assert.deepEqual(counts(), { requests: 1, refused: 1 });
});

test('a token that expires in the middle is told as that by the terminal, the results and the report', async (context) => {
  const folder = temporaryFolder(context);
  const { url } = await service(context, secret, 1, 500);
  const out = join(folder, 'run');
  const file = experiment(folder, url, { messages: 400 });
  const { code, said } = await escala(['run', file, '--rounds', '2', '--out', out]).ended;
  assert.equal(code, 4, said);
  assert.match(
    said,
    /CREDENTIALS_EXPIRED: shop took requests .* 401 .*expired or was revoked[\s\S]*--resume/,
  );
  const sentence = /shop: from [\d.]+ \S+ into round 1 of \S+ on, every answer was 401 \(\d+ of them\)/;
  assert.match(said.replaceAll('\u00a0', ' '), sentence);
  assert.match(readFileSync(join(out, 'report.html'), 'utf8'), /every answer was 401/);
  const { expiries } = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
  assert.deepEqual([expiries[0].system, expiries[0].status, expiries[0].round], ['shop', 401, 1]);
});

test('a secret that is not there ends the study before anything starts', async (context) => {
  const folder = temporaryFolder(context);
  const { url, counts } = await service(context, secret);
  const file = experiment(folder, url);
  const cases = { unset: undefined, empty: '', broken: 'two\nlines' };
  for (const [name, SHOP_TOKEN] of Object.entries(cases)) {
    const { code, said } = await escala(['run', file, '--out', join(folder, name)], { SHOP_TOKEN }).ended;
    assert.equal(code, 2, said);
    assert.match(said, /SECRET_MISSING: the secret in SHOP_TOKEN cannot be used/);
    assert.equal(said.includes('lines\n'), false);
  }
  assert.equal(counts().requests, 0);
});

test('a secret in the experiment itself is refused: it would be copied into the run folder', async (context) => {
  const folder = temporaryFolder(context);
  const { url } = await service(context, secret);
  const file = experiment(folder, url, { from: `"${secret}"` });
  const { code, said } = await escala(['run', file, '--out', join(folder, 'run')]).ended;
  assert.equal(code, 3, said);
  assert.match(said, /"authorization" would lie in the run folder; give \{env: NAME\}/);
  assert.equal(said.includes('s3cr3t'), false);
});

test('the client takes a header from a variable or a file, and shows it in no argument and no output', async (context) => {
  const folder = temporaryFolder(context);
  const { url, busy, counts } = await service(context, secret, 50);
  writeFileSync(join(folder, 'token'), secret.replace('Bearer ', ''));
  const rows = join(folder, 'rows.csv');
  const argv = [
    'client',
    '--url',
    url,
    '--method',
    'GET',
    '--clients',
    '1',
    '--messages',
    '2000',
    '--out',
    rows,
  ];
  const first = escala([...argv, '--header', 'authorization: env:SHOP_TOKEN']);
  await busy;
  assert.deepEqual(processesSaying('cmdline', 's3cr3t'), []);
  const { code, said } = await first.ended;
  assert.equal(code, 0, said);
  const second = await escala([...argv, '--header', `authorization: Bearer file:${join(folder, 'token')}`])
    .ended;
  assert.equal(second.code, 0, second.said);
  assert.deepEqual(counts(), { requests: 4000, refused: 0 });
  assert.equal((said + second.said + readFileSync(rows, 'latin1')).includes('s3cr3t'), false);
  const unset = await escala([...argv, '--header', 'authorization: env:NO_SUCH_TOKEN']).ended;
  assert.equal(unset.code, 2);
  assert.match(
    unset.said,
    /SECRET_MISSING: the secret in NO_SUCH_TOKEN cannot be used: the variable is not set/,
  );
});
