import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../../../../test/temporary-folder.ts';
import {
  fileOf,
  type KubectlContext,
  pemOf,
  readKubeconfig,
  textOf,
} from '../../src/targets/kubernetes/api/kubeconfig.ts';

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

const pem = (letter: string) =>
  `-----BEGIN CERTIFICATE-----\n${letter.repeat(64)}\n-----END CERTIFICATE-----\n`;
const pemData = Buffer.from(pem('D')).toString('base64');

const one = `
clusters: [{name: c, cluster: {server: "https://one:1", certificate-authority: ca.pem}}]
users: [{name: u, user: {token: one}}]
contexts: [{name: x, context: {cluster: c, user: u}}]
`;
/** The same names again, with parts that the first file does not have. */
const two = `
current-context: z
clusters:
- {name: c, cluster: {server: "https://two:1", tls-server-name: other}}
- {name: d, cluster: {server: "https://d:1", certificate-authority: ../ca.pem}}
- {name: f, cluster: {server: "https://f:1", certificate-authority-data: ${pemData}}}
users: [{name: u, user: {token: two, username: extra}}, {name: w, user: {client-certificate: cert.pem}}, {name: e}]
contexts:
- {name: x, context: {cluster: d, user: u, namespace: other}}
- {name: z, context: {cluster: d, user: w}}
- {name: bare, context: {cluster: c}}
- {name: data, context: {cluster: f, user: e}}
`;

/** Files of kubectl's configuration in a folder, and the KUBECONFIG that names them. */
function plant(context: TestContext, files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder(context);
  mkdirSync(join(folder, 'sub'));
  writeFileSync(join(folder, 'ca.pem'), pem('A'));
  writeFileSync(join(folder, 'sub', 'cert.pem'), pem('B'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return {
    folder,
    environment: (names: string) => ({
      KUBECONFIG: names
        .split(':')
        .map((name) => name && join(folder, name))
        .join(delimiter),
      HOME: folder,
      PATH: process.env['PATH'] ?? '',
    }),
  };
}

/** What kubectl would ask, by its own word. */
function byKubectl(environment: NodeJS.ProcessEnv, context?: string) {
  const words = ['config', 'view', '--minify', '--flatten', '--raw', '-o', 'json'];
  if (context !== undefined) words.push('--context', context);
  const text = execFileSync('kubectl', words, { env: environment, encoding: 'utf8', stdio: 'pipe' });
  const config = JSON.parse(text) as Record<string, unknown>;
  const value = (kind: string, one: string) =>
    ((config[kind] as Record<string, Record<string, string>>[] | null)?.[0]?.[one] ?? {}) as Record<
      string,
      string
    >;
  const [cluster, user] = [value('clusters', 'cluster'), value('users', 'user')];
  const decode = (data: string | undefined) => data && Buffer.from(data, 'base64').toString();
  return {
    context: config['current-context'],
    server: cluster['server'],
    serverName: cluster['tls-server-name'],
    ca: decode(cluster['certificate-authority-data']),
    token: user['token'],
    username: user['username'],
    cert: decode(user['client-certificate-data']),
  };
}

function byEscala({ context, cluster, user }: KubectlContext) {
  return {
    context,
    server: textOf(cluster, 'server'),
    serverName: textOf(cluster, 'tls-server-name'),
    ca: pemOf(cluster, 'certificate-authority'),
    token: textOf(user, 'token'),
    username: textOf(user, 'username'),
    cert: pemOf(user, 'client-certificate'),
  };
}

for (const [names, context] of [
  ['one:sub/two', undefined],
  ['one:sub/two', 'x'],
  ['sub/two:one', 'x'],
  ['sub/two:one', 'z'],
  ['one::missing:sub/two', 'x'],
  ['empty:one:sub/two', undefined],
  ['unset:sub/two', undefined],
  ['one:sub/two', 'bare'],
  ['one:sub/two', 'data'],
  ['one:one', 'x'],
] as const)
  test(`KUBECONFIG=${names} with the context ${context ?? 'that is current'} is read as kubectl reads it`, {
    skip: !hasKubectl,
  }, (owner) => {
    const files = { one, 'sub/two': two, empty: '', unset: 'current-context: ""\nclusters: null\n' };
    const environment = plant(owner, files).environment(names);
    assert.deepEqual(byEscala(readKubeconfig(environment, context)), byKubectl(environment, context));
  });

test('the first of two clusters of one name counts as a whole, and so does the first current context', (owner) => {
  const { environment } = plant(owner, { one, 'sub/two': two });
  const { cluster, user } = readKubeconfig(environment('one:sub/two'), 'x');
  assert.deepEqual(cluster.value, { server: 'https://one:1', 'certificate-authority': 'ca.pem' });
  assert.deepEqual(user.value, { token: 'one' });
  assert.equal(readKubeconfig(environment('one:sub/two'), undefined).context, 'z');
});

test('a path is relative to the file that it stands in, and nothing stands for the home folder', (owner) => {
  const text =
    'contexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: s}}]\n';
  const users = 'users: [{name: u, user: {tokenFile: "~/token"}}]';
  const { folder, environment } = plant(owner, { 'sub/three': text + users });
  const { user } = readKubeconfig(environment('sub/three'), 'x');
  assert.equal(fileOf(user, 'tokenFile'), join(folder, 'sub', '~', 'token'));
});

const wrong: Readonly<Record<string, string>> = {
  'no YAML': 'clusters: [',
  'a text': '"hello"',
  'another kind': 'kind: Pod',
  'a mapping for a list': 'clusters: {a: 1}',
  'a name twice': 'clusters: [{name: c, cluster: {server: a}}, {name: c, cluster: {server: b}}]',
  'a name that YAML 1.1 takes for a truth value': 'contexts: [{name: y, context: {cluster: c}}]',
  'a list in a list': 'users: [[]]',
};

for (const [what, text] of Object.entries(wrong))
  test(`a configuration with ${what} is refused with its file, by kubectl too`, (owner) => {
    const { folder, environment } = plant(owner, { one, bad: text });
    const read = () => readKubeconfig(environment('one:bad'), 'x');
    assert.throws(
      read,
      ({ code, values }) => code === 'KUBECONFIG_INVALID' && values.file === join(folder, 'bad'),
    );
    if (hasKubectl) assert.throws(() => byKubectl(environment('one:bad'), 'x'));
  });

test('what is not there is told by what is missing', (owner) => {
  const broken =
    'contexts: [{name: a, context: {cluster: no, user: u}}, {name: b, context: {cluster: c, user: no}}]';
  const { folder, environment } = plant(owner, { one, broken });
  const code = (names: string, context?: string) => {
    try {
      return readKubeconfig(environment(names), context).context;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  assert.equal(code('missing'), 'KUBECONFIG_MISSING');
  assert.equal(code('one'), 'CONTEXT_UNSET');
  assert.equal(code('one', 'nowhere'), 'CLUSTER_UNKNOWN');
  assert.equal(code('broken:one', 'a'), 'KUBECONFIG_INVALID');
  assert.equal(code('broken:one', 'b'), 'KUBECONFIG_INVALID');
  assert.equal(code('sub', 'x'), 'KUBECONFIG_INVALID');
  assert.throws(() => readKubeconfig({}, undefined, folder), {
    code: 'KUBECONFIG_MISSING',
    values: { files: join(folder, '.kube', 'config') },
  });
});

test('a pod without a configuration asks as its own account', () => {
  const environment = {
    HOME: '/nowhere',
    KUBERNETES_SERVICE_HOST: 'fd00::1',
    KUBERNETES_SERVICE_PORT: '443',
  };
  const { cluster, user } = readKubeconfig(environment, undefined, '/nowhere');
  assert.equal(cluster.value['server'], 'https://[fd00::1]:443');
  assert.match(String(user.value['tokenFile']), /serviceaccount\/token$/);
});
