import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareSystem } from '@escala/lab';
import type { OwnSystem } from '@escala/model';

const root = join(import.meta.dirname, '../..');
const port = '18199';

/** A server under the bench, alone on the first core. */
export interface BenchedServer extends AsyncDisposable {
  readonly url: string;
  readonly child: ChildProcess;
}

export const systems = {
  'node, durable': () => start([process.execPath, join(root, 'server/src/main.ts')], { DURABILITY: 'sync' }),
  'node, async': () => start([process.execPath, join(root, 'server/src/main.ts')], { DURABILITY: 'async' }),
  'nginx, access log': startNginx,
  'python, async': () => startReference('python', { DURABILITY: 'async' }),
  'go, durable': () => startReference('go', { DURABILITY: 'sync' }),
  'go, async': () => startReference('go', { DURABILITY: 'async' }),
} as const;
export type SystemName = keyof typeof systems;

/** Our server with settings of the caller's. */
export const startNode = (environment: Record<string, string>) =>
  start([process.execPath, join(root, 'server/src/main.ts')], environment);

/** Built as a study builds it. */
async function startReference(name: OwnSystem, environment: Record<string, string>): Promise<BenchedServer> {
  return start((await prepareSystem({ name, ledger: 'api' })).command, environment);
}

async function start(
  command: readonly string[],
  environment: Record<string, string>,
): Promise<BenchedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'escala-bench-'));
  const settings = { PORT: port, HOST: '127.0.0.1', REPLICA: 'r1', DATA_DIR: folder, GOMAXPROCS: '1' };
  return launch(command, folder, { ...settings, ...environment });
}

async function startNginx(): Promise<BenchedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'escala-bench-'));
  const configuration = join(folder, 'nginx.conf');
  writeFileSync(
    configuration,
    `worker_processes 1; daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
     events { worker_connections 4096; }
     http { access_log ${folder}/access.log combined; keepalive_requests 1000000000;
       server { listen 127.0.0.1:${port} backlog=4096;
         location / { default_type application/json; return 201 '{"replica":"r1","requestId":"x","serviceUs":0}'; } } }`,
  );
  return launch(['nginx', '-c', configuration], folder, {});
}

async function launch(
  command: readonly string[],
  folder: string,
  environment: Record<string, string>,
): Promise<BenchedServer> {
  const child = spawn('taskset', ['-c', '0', ...command], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(url, child);
  return {
    url,
    child,
    async [Symbol.asyncDispose]() {
      const ended = child.exitCode === null ? once(child, 'exit') : undefined;
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer`);
}
