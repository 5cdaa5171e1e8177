import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '../temporary-folder.ts';
import { processesOf, startEscala } from './escala.ts';

test('Ctrl-C while images build ends the build, makes nothing in the cluster, and exits 130', {
  timeout: 60_000,
}, async (context) => {
  const folder = temporaryFolder(context);
  const [file, run, started] = [join(folder, 'study.yaml'), join(folder, 'run'), join(folder, 'started')];
  const changes: string[] = [];
  const plantedCluster = createServer((request, response) => {
    if (request.method !== 'GET') changes.push(`${request.method} ${request.url}`);
    response.end('{"gitVersion":"v1.34.0-planted"}');
  });
  await new Promise<void>((resolve) => plantedCluster.listen(0, '127.0.0.1', resolve));
  context.after(() => plantedCluster.close());
  const server = `http://127.0.0.1:${(plantedCluster.address() as AddressInfo).port}`;
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      'current-context': 'planted',
      clusters: [{ name: 'planted', cluster: { server, 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'planted', user: {} }],
      contexts: [{ name: 'planted', context: { cluster: 'planted', user: 'planted' } }],
    }),
  );
  // A planted Docker whose builds never end.
  writeFileSync(join(folder, 'docker'), `#!/bin/sh\ntouch '${started}'\nexec sleep 600\n`, { mode: 0o755 });
  writeFileSync(file, 'replicas: 1\nclients: 1\nmessages: 1\nkubernetes: { images: push, registry: mine }\n');

  const { child, ended } = startEscala(['run', file, '--target', 'kubernetes', '--out', run], {
    KUBECONFIG: kubeconfig,
    PATH: `${folder}${delimiter}${process.env['PATH']}`,
  });
  while (!existsSync(started)) await sleep(20);
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  assert.equal(code, 130, stderr);
  assert.match(stderr, /INTERRUPTED_EARLY/);
  assert.deepEqual(changes, []);
  assert.equal(existsSync(join(run, 'manifest.json')), false);
  // Told to end, it may outlive its parent by a moment; its environment names the folder.
  while (processesOf(folder).length > 0) await sleep(20);
});
