import type { TestContext } from 'node:test';
import { readOptions, serverOptions } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { defaultLimits, type Limits } from '../../src/http/app.ts';
import { startServer } from '../../src/server.ts';

/** The server in this process, with limits of the test's choosing; drained when the test ends. */
export async function inProcess(
  t: TestContext,
  { limits = {}, environment = {} }: { limits?: Partial<Limits>; environment?: Record<string, string> } = {},
) {
  const folder = temporaryFolder(t);
  const settings = readOptions(serverOptions, [], {
    PORT: '0',
    REPLICA: 'r1',
    DATA_DIR: folder,
    DRAIN: '1ms',
    ...environment,
  });
  const server = await startServer(settings, 'en', { ...defaultLimits, ...limits });
  let ended: Promise<void> | undefined;
  const drain = () => {
    ended ??= server.drain();
    return ended;
  };
  t.after(drain);
  return { url: server.url, port: Number(new URL(server.url).port), folder, drain };
}

export const message = { run: 'r', cell: 'c/1.1', client: 1, message: 2 };

export const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
