import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { listen } from '../../../../test/listen.ts';
import { temporaryFolder } from '../../../../test/temporary-folder.ts';
import { ClusterAccess } from '../../src/targets/kubernetes/api/cluster-access.ts';
import { ClusterApi } from '../../src/targets/kubernetes/api/cluster-api.ts';

const patience = { callMs: 5_000, awayMs: 100, retryMs: 10, goneMs: 100 };
const version = '{"gitVersion":"v1.34.0-planted"}';

interface Asking {
  readonly folder: string;
  readonly cluster: object;
  readonly user?: object;
  readonly pluginMs?: number;
}

function apiOf({ folder, cluster, user = {}, pluginMs }: Asking): ClusterApi {
  const entry = (name: string, value: object) => ({
    name,
    file: join(folder, 'config'),
    value: value as Record<string, unknown>,
  });
  const access = new ClusterAccess(
    { context: 'x', cluster: entry('c', cluster), user: entry('ana', user) },
    pluginMs,
  );
  return new ClusterApi(access, patience);
}

/** A planted API server that keeps the headers of its calls. */
async function plant(context: TestContext, answer?: RequestListener) {
  const asked: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers);
    if (answer) answer(request, response);
    else response.end(version);
  });
  const cluster = { server: `http://127.0.0.1:${await listen(context, server)}` };
  return { asked, cluster, folder: temporaryFolder(context) };
}

function script(folder: string, text: string): void {
  writeFileSync(join(folder, 'plugin'), `#!/bin/sh\n${text}\n`);
  chmodSync(join(folder, 'plugin'), 0o755);
}

const exec = (more: object = {}) => ({
  exec: {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: './plugin',
    interactiveMode: 'Never',
    ...more,
  },
});
const credential = (status: string) =>
  `{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":${status}}`;

test('a program beside the configuration is asked once for its token, and hears what kubectl tells it', async (context) => {
  const { asked, cluster, folder } = await plant(context);
  script(
    folder,
    `echo "$KUBERNETES_EXEC_INFO $OWN $1" >> '${folder}/said'; echo '${credential('{"token":"abc"}')}'`,
  );
  const user = exec({ args: ['first'], env: [{ name: 'OWN', value: 'mine' }], provideClusterInfo: true });
  const api = apiOf({ folder, cluster, user });
  await Promise.all([api.version(), api.version()]);
  assert.deepEqual(
    asked.map(({ authorization }) => authorization),
    ['Bearer abc', 'Bearer abc'],
  );
  const lines = readFileSync(join(folder, 'said'), 'utf8').trim().split('\n');
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /"interactive":false,"cluster":\{"server":"http.* mine first$/);
});

test('a token that has run out is asked for anew, and so is one that is refused, once', async (context) => {
  let refusals = 1;
  const { asked, cluster, folder } = await plant(context, (_request, response) => {
    if (refusals-- > 0) response.writeHead(401).end('{"message":"Unauthorized"}');
    else response.end(version);
  });
  script(folder, `echo x >> '${folder}/said'; echo '${credential('{"token":"abc"}')}'`);
  const api = apiOf({ folder, cluster, user: exec() });
  await api.version();
  assert.equal(asked.length, 2);
  refusals = 5;
  await assert.rejects(api.version(), { code: 'CLUSTER_UNAUTHORIZED', status: 401 });
  assert.equal(asked.length, 4);
  script(folder, `echo '${credential('{"token":"abc","expirationTimestamp":"2020-01-01T00:00:00Z"}')}'`);
  refusals = 0;
  await api.version();
});

test('a program that is missing is named with its user and with what the configuration says of it', async (context) => {
  const { asked, cluster, folder } = await plant(context);
  const api = apiOf({
    folder,
    cluster,
    user: exec({ command: 'no-such-authenticator', installHint: 'brew it' }),
  });
  await assert.rejects(api.version(), ({ code, values }) => {
    assert.equal(code, 'CREDENTIAL_PROGRAM_MISSING');
    assert.deepEqual([values.user, values.program, values.hint], ['ana', 'no-such-authenticator', 'brew it']);
    return true;
  });
  assert.equal(asked.length, 0);
});

const failing: Readonly<Record<string, [script: string, says: RegExp]>> = {
  fails: ['echo "session expired" >&2; exit 3', /ended with code 3: session expired/],
  'is killed': ['kill -KILL $$', /ended by SIGKILL/],
  'prints garbage': ['echo garbage', /no ExecCredential/],
  'prints nothing': ['true', /no ExecCredential/],
  'prints null': ['echo null', /no ExecCredential/],
  'prints no status': [
    'echo \'{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1"}\'',
    /no ExecCredential/,
  ],
  'prints a certificate without a key': [
    `echo '${credential('{"clientCertificateData":"x"}')}'`,
    /no ExecCredential/,
  ],
  'prints another version': [`echo '${credential('{"token":"a"}').replace('/v1"', '/v1beta1"')}'`, /v1beta1/],
  'prints a token that no header can carry': [
    `printf '%s' '${credential('{"token":"a\\nb: c"}')}'`,
    /no token has/,
  ],
  hangs: ['sleep 600', /did not end within 0.4 s/],
};

for (const [what, [text, says]] of Object.entries(failing))
  test(`a program that ${what} is told as that, and the API server is not asked`, async (context) => {
    const { asked, cluster, folder } = await plant(context);
    script(folder, text);
    const pluginMs = what === 'hangs' ? 400 : 60_000;
    const api = apiOf({ folder, cluster, user: exec(), pluginMs });
    await assert.rejects(api.version(), { code: 'CREDENTIALS_FAILED', message: says });
    assert.equal(asked.length, 0);
  });

test('a token file goes before a token and is read without its line end; groups are asked for as kubectl does', async (context) => {
  const { asked, cluster, folder } = await plant(context);
  writeFileSync(join(folder, 'token'), 'from-file\n');
  const user = { token: 'from-text', tokenFile: 'token', as: 'eva', 'as-groups': ['a', 'b'] };
  await apiOf({ folder, cluster, user }).version();
  const { authorization, 'impersonate-user': as, 'impersonate-group': groups } = asked[0] ?? {};
  assert.deepEqual([authorization, as, groups], ['Bearer from-file', 'eva', 'a, b']);
});

/** A certificate for the name `planted`, its own authority, as long as the test lasts. */
function certificate(folder: string) {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=planted'];
  const name = ['-addext', 'subjectAltName=DNS:planted', '-keyout', key, '-out', cert];
  execFileSync('openssl', [...words, ...name], { stdio: 'pipe' });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

test('certificates that do not fit, and ports without TLS, are told apart', async (context) => {
  const folder = temporaryFolder(context);
  const { key, cert } = certificate(folder);
  const secure = await listen(
    context,
    createTlsServer({ key, cert }, (_request, response) => response.end(version)),
  );
  const plain = await listen(
    context,
    createServer((_request, response) => response.end(version)),
  );
  const ask = (cluster: object, user: object = {}) => apiOf({ folder, cluster, user }).version();
  const server = `https://127.0.0.1:${secure}`;
  const known = { server, 'certificate-authority': 'cert.pem', 'tls-server-name': 'planted' };
  assert.equal(await ask(known), 'v1.34.0-planted');
  const data = {
    'certificate-authority-data': cert.toString('base64'),
    'certificate-authority': 'no-such-file',
  };
  assert.equal(await ask({ ...known, ...data }), 'v1.34.0-planted');
  assert.equal(await ask({ server, 'insecure-skip-tls-verify': true }), 'v1.34.0-planted');
  const says = (cluster: object, message: RegExp) =>
    assert.rejects(ask(cluster), { code: 'CLUSTER_UNREACHABLE', message });
  await says({ server }, /not of the authority/);
  await says({ server, 'certificate-authority': 'cert.pem' }, /for another name/);
  await says({ server: `https://127.0.0.1:${plain}` }, /does not speak TLS/);
  await says({ server: `http://127.0.0.1:${secure}` }, /connection was cut|speaks no HTTP/);
  await says({ server: 'https://127.0.0.1:1' }, /connection was refused/);
  await says(
    { server: 'https://no-such-host.invalid' },
    /no machine of this name|name server does not answer/,
  );
});

const entries: Readonly<Record<string, [cluster: object, user: object]>> = {
  'broken base64': [{ server: 'https://a', 'certificate-authority-data': '%%%' }, {}],
  'base64 of what is no certificate': [{ server: 'https://a', 'certificate-authority-data': 'aGVsbG8=' }, {}],
  'a certificate that is not there': [{ server: 'https://a', 'certificate-authority': 'none.pem' }, {}],
  'no server': [{}, {}],
  'a server that is no address': [{ server: 'https://' }, {}],
  'a server of another kind': [{ server: 'ftp://a' }, {}],
  'a proxy of another kind': [{ server: 'https://a', 'proxy-url': 'ftp://p' }, {}],
  'a number for a token': [{ server: 'https://a' }, { token: 5 }],
  'a login that kubectl forgot': [{ server: 'https://a' }, { 'auth-provider': { name: 'gcp' } }],
  'a program without a name': [{ server: 'https://a' }, exec({ command: '' })],
  'a token file that is not there': [{ server: 'https://a' }, { tokenFile: 'none' }],
};

for (const [what, [cluster, user]] of Object.entries(entries))
  test(`a configuration with ${what} is refused before anything is asked`, async (context) => {
    const folder = temporaryFolder(context);
    await assert.rejects(async () => apiOf({ folder, cluster, user }).version(), {
      code: 'KUBECONFIG_INVALID',
    });
  });

test('a proxy that is not there is told as one that does not answer', async (context) => {
  const folder = temporaryFolder(context);
  const cluster = { server: 'https://api.invalid', 'proxy-url': 'http://127.0.0.1:1' };
  await assert.rejects(apiOf({ folder, cluster }).version(), {
    code: 'CLUSTER_UNREACHABLE',
    message: /connection was refused/,
  });
});
