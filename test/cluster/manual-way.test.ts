import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { experiment, FIRST_BUILD_MS_MAX, kubectl, manualCommands, options, root, shell } from './place.ts';

const restrict = (namespace: string) =>
  kubectl(`label --overwrite namespace ${namespace} pod-security.kubernetes.io/enforce=restricted`);

test('the manual way ends with the ledger of every message in hand', {
  ...options,
  timeout: FIRST_BUILD_MS_MAX,
}, async () => {
  const folder = join(root, 'ledgers');
  await rm(folder, { recursive: true, force: true });
  for (const command of manualCommands()) {
    // The pods must pass the strictest of PodSecurity's profiles, also by hand.
    if (command.startsWith('kubectl apply')) await restrict('default');
    await shell(command);
  }
  const rows = await Promise.all(
    (await readdir(folder))
      .filter((name) => name.startsWith('ledger-'))
      .map(async (name) => (await readFile(join(folder, name), 'utf8')).trim().split('\n').slice(1)),
  );
  const ids = rows.flat().map((row) => row.split(',')[1]);
  assert.equal(ids.length, 100);
  assert.equal(new Set(ids).size, 100);
  await rm(folder, { recursive: true });
  await shell('kubectl delete -f server/k8s/ -f client/k8s/ --wait=false');
});

test('images are at most 20 MB above their base, and an unchanged tree builds them from cache', {
  ...options,
  timeout: FIRST_BUILD_MS_MAX,
}, async (t) => {
  const look = (image: string, what: string) => shell(`docker image inspect -f '{{${what}}}' ${image}`);
  const size = async (image: string) => Number(await look(image, '.Size'));
  const base = await size('node:24-slim');
  for (const image of ['meu-servidor', 'meu-cliente']) {
    const above = (await size(image)) - base;
    t.diagnostic(`${image} is ${(above / 1e6).toFixed(1)} MB above its base`);
    assert.ok(above <= 20e6, `${image} is ${above} bytes above its base`);
    assert.match(await look(image, '.Config.User'), /^1000/);
  }
  for (const command of manualCommands().filter((line) => line.startsWith('docker build'))) {
    const image = /-t (\S+)/.exec(command)?.[1] ?? '';
    const before = await look(image, '.Id');
    await shell(command);
    assert.equal(await look(image, '.Id'), before, image);
  }
});

test('./deploy.sh kind runs a study and leaves its results beside the README', options, async () => {
  const { file } = await experiment(`name: by-deploy
replicas: [1, 2]
clients: [4]
messages: [5]
`);
  await shell(`./deploy.sh kind ${file}`);
  const rows = (await readFile(join(root, 'requests.csv'), 'utf8')).trim().split('\n').slice(1);
  assert.equal(rows.length, 40);
  assert.ok(rows.every((row) => row.endsWith(',recorded')));
  for (const result of ['report.html', 'figures']) assert.ok(existsSync(join(root, result)), result);
});
