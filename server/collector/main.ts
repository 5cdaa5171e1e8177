import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { carriesToken } from '@escala/model';

/** Folders of blocks and names of replicas: nothing that could lead out of the data folder. */
const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const ledgerFile = /^ledger-(.+)\.csv$/;

interface CollectorSettings {
  readonly dataDir: string;
  readonly token: string;
}

/**
 * Serves the ledgers that lie on disk, whether or not their servers live:
 *
 *     GET /healthz                                    -> 200
 *     GET /ledgers/<block>                            -> {"<replica>": bytes, …}
 *     GET /ledgers/<block>/<replica>?from=A&to=B      -> the bytes from A up to, but not including, B
 *
 * All but /healthz want the run's bearer token. Every call only reads, so it may be repeated.
 */
export function collector({ dataDir, token }: CollectorSettings) {
  return createServer((request, response) => {
    answer(request, response, { dataDir, token }).catch(() => response.destroy());
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, settings: CollectorSettings) {
  const url = new URL(request.url ?? '/', 'http://collector');
  if (url.pathname === '/healthz') return end(response, 200, 'alive\n');
  if (!carriesToken(request.headers.authorization, settings.token))
    return end(response, 401, 'token needed\n');
  const [, root, block = '', replica, more] = url.pathname.split('/');
  const isNamed = [block, replica ?? block].every((name) => namePattern.test(name));
  if (request.method !== 'GET' || root !== 'ledgers' || !isNamed || more !== undefined) {
    return end(response, 404, 'no such ledger\n');
  }
  const folder = join(settings.dataDir, block);
  if (replica === undefined) return end(response, 200, JSON.stringify(await sizes(folder)));
  const from = Number(url.searchParams.get('from') ?? 0);
  const to = Number(url.searchParams.get('to') ?? 0);
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0)
    return end(response, 400, 'bad range\n');
  if (to <= from) return end(response, 200, '');
  const path = join(folder, `ledger-${replica}.csv`);
  const { size } = await stat(path);
  if (to > size) return end(response, 416, `the ledger has ${size} bytes\n`);
  response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8', 'content-length': to - from });
  return pipeline(createReadStream(path, { start: from, end: to - 1 }), response);
}

/** Bytes of each ledger in a block's folder; none where no server has made the folder yet. */
async function sizes(folder: string): Promise<Record<string, number>> {
  const names = await readdir(folder).catch(() => []);
  const found = names.flatMap((name) => ledgerFile.exec(name)?.[1] ?? []);
  const entries = found.map(async (replica) => {
    const { size } = await stat(join(folder, `ledger-${replica}.csv`));
    return [replica, size] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function end(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-length': Buffer.byteLength(body) }).end(body);
}

if (import.meta.main) {
  const { DATA_DIR = '/data', LEDGER_TOKEN, PORT = '8080' } = process.env;
  if (!LEDGER_TOKEN) throw new Error('the collector needs LEDGER_TOKEN');
  const server = collector({ dataDir: DATA_DIR, token: LEDGER_TOKEN });
  process.once('SIGTERM', () => process.exit(0));
  server.listen(Number(PORT), '0.0.0.0');
}
