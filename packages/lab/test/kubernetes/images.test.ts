import assert from 'node:assert/strict';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../../../../test/temporary-folder.ts';
import { parseExperiment } from '../../src/index.ts';
import { prepareImages } from '../../src/targets/kubernetes/study/images.ts';
import { tool } from '../../src/targets/kubernetes/study/tool.ts';

const { signal } = new AbortController();

/** Programs that do nothing but write down how they were called; returns those lines. */
async function plantPrograms(
  context: TestContext,
  names: readonly string[],
): Promise<() => Promise<string[]>> {
  const folder = temporaryFolder(context);
  const calls = join(folder, 'calls');
  for (const name of names) {
    await writeFile(join(folder, name), `#!/bin/sh\necho "${name} $*" >> '${calls}'\n`);
    await chmod(join(folder, name), 0o755);
  }
  const { PATH = '' } = process.env;
  process.env['PATH'] = `${folder}${delimiter}${PATH}`;
  context.after(() => {
    process.env['PATH'] = PATH;
  });
  return async () => (await readFile(calls, 'utf8')).trim().split('\n');
}

const ways = {
  kind: ['kind load docker-image meu-servidor meu-cliente --name cliente-servidor'],
  minikube: ['minikube image load meu-servidor', 'minikube image load meu-cliente'],
  k3d: ['k3d image import meu-servidor', 'k3d image import meu-cliente'],
  push: ['docker push registry.example/lab/meu-servidor', 'docker push registry.example/lab/meu-cliente'],
  command: ['mine --to cluster meu-servidor', 'mine --to cluster meu-cliente'],
} as const;

for (const way of Object.keys(ways) as (keyof typeof ways)[]) {
  test(`images go by ${way} in exactly these words, once they are built`, async (context) => {
    const calls = await plantPrograms(context, ['docker', 'kind', 'minikube', 'k3d', 'mine']);
    const settings = `{ images: ${way}, registry: registry.example/lab, imagesCommand: "mine --to cluster {image}" }`;
    const text = `replicas: 1\nclients: 1\nmessages: 1\nkubernetes: ${settings}`;
    const imageName = await prepareImages(parseExperiment(text, 'x.yaml'), way, signal);
    const prefix = way === 'push' ? 'registry.example/lab/' : '';
    assert.equal(imageName('meu-servidor'), `${prefix}meu-servidor`);
    assert.deepEqual(await calls(), [
      `docker build -q -t ${prefix}meu-servidor -f server/Dockerfile .`,
      `docker build -q -t ${prefix}meu-cliente -f client/Dockerfile .`,
      ...ways[way],
    ]);
  });
}

test('a program that is not there is called missing, one that fails is quoted', async () => {
  await assert.rejects(tool('no-such-program', [], signal), { code: 'TOOL_MISSING' });
  const failed = tool('sh', ['-c', 'echo "no space left" >&2; exit 1'], signal);
  await assert.rejects(failed, { code: 'IMAGE_NOT_BUILT', message: /no space left/ });
});

test('an interruption ends the program that builds', async () => {
  const interruption = new AbortController();
  const building = tool('sleep', ['600'], interruption.signal);
  interruption.abort('SIGINT');
  await assert.rejects(building, (reason) => reason === 'SIGINT');
});
