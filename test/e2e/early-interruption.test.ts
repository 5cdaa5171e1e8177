import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { plantCluster } from '../../packages/lab/test/kubernetes/planted-cluster.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { processesOf, startEscala } from './escala.ts';

test('Ctrl-C while images build ends the build, makes nothing in the cluster, and exits 130', {
  timeout: 60_000,
}, async (context) => {
  const folder = temporaryFolder(context);
  const [file, run, started] = [join(folder, 'study.yaml'), join(folder, 'run'), join(folder, 'started')];
  const changes: string[] = [];
  const kubeconfig = await plantCluster(context, (request, response) => {
    if (request.method !== 'GET') changes.push(`${request.method} ${request.url}`);
    response.end('{"gitVersion":"v1.34.0-planted"}');
  });
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
