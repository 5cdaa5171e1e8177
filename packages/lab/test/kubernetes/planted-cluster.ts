import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { listen } from '../../../../test/listen.ts';
import { temporaryFolder } from '../../../../test/temporary-folder.ts';

/** A planted API server. Returns the file of a kubectl configuration that has it as the context `planted`. */
export async function plantCluster(context: TestContext, answer: RequestListener): Promise<string> {
  const server = `http://127.0.0.1:${await listen(context, createServer(answer))}`;
  const config = {
    'current-context': 'planted',
    clusters: [{ name: 'planted', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'planted', user: {} }],
    contexts: [{ name: 'planted', context: { cluster: 'planted', user: 'planted' } }],
  };
  const file = join(temporaryFolder(context), 'config');
  writeFileSync(file, JSON.stringify(config));
  return file;
}

/** The same, which `connect` finds in the environment before it first waits. */
export async function withPlantedCluster<T>(
  context: TestContext,
  answer: RequestListener,
  connect: () => T | Promise<T>,
): Promise<T> {
  const file = await plantCluster(context, answer);
  const { KUBECONFIG: before } = process.env;
  process.env['KUBECONFIG'] = file;
  try {
    return connect();
  } finally {
    if (before === undefined) delete process.env['KUBECONFIG'];
    else process.env['KUBECONFIG'] = before;
  }
}
