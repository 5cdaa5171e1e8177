import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryFolder } from '../../../../test/temporary-folder.ts';

/** A planted API server; `connect` finds it in kubectl's configuration, as the context `planted`, before it first waits. */
export async function withPlantedCluster<T>(
  context: TestContext,
  answer: RequestListener,
  connect: () => T | Promise<T>,
): Promise<T> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const folder = temporaryFolder(context);
  const config = {
    'current-context': 'planted',
    clusters: [
      { name: 'planted', cluster: { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } },
    ],
    users: [{ name: 'planted', user: {} }],
    contexts: [{ name: 'planted', context: { cluster: 'planted', user: 'planted' } }],
  };
  const file = join(folder, 'config');
  writeFileSync(file, JSON.stringify(config));
  const { KUBECONFIG: before } = process.env;
  process.env['KUBECONFIG'] = file;
  try {
    return connect();
  } finally {
    if (before === undefined) delete process.env['KUBECONFIG'];
    else process.env['KUBECONFIG'] = before;
  }
}
