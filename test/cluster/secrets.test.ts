// A real study of a service that takes one token and one client certificate, and a look into everything that it leaves.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { stringify } from 'yaml';
import { temporaryFolder } from '../temporary-folder.ts';
import {
  environment,
  escala,
  FIRST_BUILD_MS_MAX,
  haveCluster,
  kubectl,
  onCluster,
  options,
  startEscala,
  studyNamespaces,
  untilEvent,
} from './place.ts';

before(haveCluster, { timeout: FIRST_BUILD_MS_MAX });

const namespace = 'locked-shop';
const host = `shop.${namespace}.svc`;
const token = 's3cr3t-XyZ-0123456789';

const server = `require('node:https').createServer({
  ...Object.fromEntries(['ca', 'key', 'cert'].map((n) => [n, require('node:fs').readFileSync('/shop/' + n)])),
  requestCert: true, rejectUnauthorized: true,
}, ({ headers: { authorization } }, response) => response
  .writeHead(authorization === 'Bearer ${token}' ? 200 : 401).end('you sent ' + authorization)).listen(8443)`;

/** A service behind HTTPS, by a pod with Node in it; the folder gets what its clients need. */
async function startShop(folder: string): Promise<void> {
  const openssl = (words: string) =>
    execFileSync('openssl', words.split(' '), { cwd: folder, stdio: 'ignore' });
  const named = `-subj /CN=${host} -addext subjectAltName=DNS:${host}`;
  openssl(`req -x509 -newkey rsa:2048 -nodes -days 2 ${named} -keyout key -out cert`);
  openssl('req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=me -keyout me.key -out me.pem');
  await kubectl(`create namespace ${namespace}`);
  const files = `--from-file=ca=${folder}/me.pem --from-file=key=${folder}/key --from-file=cert=${folder}/cert`;
  await kubectl(`create configmap shop -n ${namespace} ${files}`);
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop', labels: { app: 'shop' } },
    spec: {
      containers: [
        {
          name: 'shop',
          image: 'meu-servidor',
          imagePullPolicy: 'IfNotPresent',
          command: ['node', '-e', server],
          volumeMounts: [{ name: 'shop', mountPath: '/shop' }],
        },
      ],
      volumes: [{ name: 'shop', configMap: { name: 'shop' } }],
    },
  };
  const ports = [{ port: 443, targetPort: 8443 }];
  const service = { ...pod, kind: 'Service', spec: { selector: { app: 'shop' }, ports } };
  writeFileSync(join(folder, 'shop.yaml'), [pod, service].map((one) => stringify(one)).join('---\n'));
  await kubectl(`apply -n ${namespace} -f ${folder}/shop.yaml`);
  await kubectl(`wait -n ${namespace} --for=condition=Ready pod/shop --timeout=60s`);
}

/** The token, and a line in the middle of the client's key. */
const secretsIn = (folder: string) => [
  's3cr3t',
  readFileSync(join(folder, 'me.key'), 'utf8').split('\n')[9] ?? '',
];

/** What of a study can be seen on the cluster by those who may read all but Secrets, and inside its pods’ processes. */
async function seenOf(study: string): Promise<string> {
  const objects = await kubectl(
    `get all,configmaps,jobs,leases,networkpolicies,events -n ${study} -o yaml --show-managed-fields`,
  );
  const pods = (await kubectl(`get pods -n ${study} -o name`)).split('\n');
  const inside = pods.map(async (pod) => {
    const processes = await kubectl(
      `exec -n ${study} ${pod} -- sh -c 'cat /proc/1/cmdline /proc/1/environ /rows/* || true'`,
    );
    return processes + (await kubectl(`logs -n ${study} ${pod}`));
  });
  return [objects, ...(await Promise.all(inside))].join('\n');
}

test(
  'a token and a client’s key lie in the study’s Secret and nowhere else, also after a kill',
  options,
  async (t) => {
    const folder = temporaryFolder(t);
    t.after(() => kubectl(`delete namespace ${namespace} --wait=false`));
    await startShop(folder);
    const secrets = secretsIn(folder);
    const assertClean = (text: string, where: string) => {
      for (const secret of secrets) assert.equal(text.includes(secret), false, `${secret} in ${where}`);
    };
    const assertCleanRun = (out: string) => {
      const files = globSync('**', { cwd: out }).filter((file) => statSync(join(out, file)).isFile());
      assert.ok(files.length > 2, 'a run leaves files');
      for (const file of files) assertClean(readFileSync(join(out, file), 'latin1'), file);
    };
    environment['SHOP_TOKEN'] = token;
    const file = join(folder, 'experiment.yaml');
    const tls = '{ ca: cert, cert: me.pem, key: me.key }';
    const headers = '{ authorization: { env: SHOP_TOKEN, prefix: "Bearer " } }';
    writeFileSync(
      file,
      `name: locked
systems: [{ name: shop, url: "https://${host}", headers: ${headers}, tls: ${tls} }]
replicas: as-is
clients: [2]
messages: [1500]
kubernetes: { images: none }
`,
    );
    const out = join(folder, 'run');
    const child = startEscala(['run', file, ...onCluster, '--out', out]);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
    const ended = new Promise((resolve) => child.on('close', resolve));
    await untilEvent(out, 'trial-started', { running: ended });
    const study = (await studyNamespaces('locked'))[0]?.split('=')[0];
    assert.ok(study, said);
    const kept = JSON.parse(await kubectl(`get secret escala-run -n ${study} -o json`)) as {
      data: Record<string, string>;
    };
    const held = Buffer.from(kept.data['request-secrets'] ?? '', 'base64').toString();
    for (const secret of secrets) assert.ok(held.includes(secret), `${secret} is held`);
    assertClean(await seenOf(study), 'the cluster');
    child.kill('SIGKILL');
    await ended;
    assertClean(said, 'the output');
    assertCleanRun(out);

    const resumed = await escala(['run', '--resume', out]);
    assert.equal(resumed.code, 0, resumed.stderr);
    assertClean(resumed.stdout + resumed.stderr, 'the output');
    assertCleanRun(out);
    assert.deepEqual(await studyNamespaces('locked'), [], 'the Secret went with the study');
  },
);
