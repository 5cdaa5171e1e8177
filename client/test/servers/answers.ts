import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryFolder } from '../../../test/temporary-folder.ts';

/** A running server; `undefined` where it is not installed here. */
export type Started = { readonly url: string; readonly stop: () => void } | undefined;

const here = import.meta.dirname;
const root = join(here, '../../..');

/** node:http, in the process of the test. */
export async function startNode(): Promise<Started> {
  const server = createServer((request, response) => {
    switch (request.url) {
      case '/length':
        return response.setHeader('content-length', 11).end('hello world');
      case '/chunked':
        response.write('hello ');
        response.write('wor');
        return response.end('ld');
      case '/close':
        return response.setHeader('connection', 'close').end('hello world');
      case '/interim':
        response.writeEarlyHints({ link: '</style.css>; rel=preload' });
        return response.end('hello world');
      case '/redirect':
        return response.writeHead(302, { location: '/length' }).end();
      case '/empty':
        return response.writeHead(204).end();
      case '/big':
        return response.end('x'.repeat(1 << 20));
      default:
        return response.writeHead(404).end('missing');
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close().closeAllConnections() };
}

/** Go's net/http. */
export async function startGo(t: TestContext): Promise<Started> {
  if (!runs('go', 'version')) return undefined;
  const program = join(temporaryFolder(t), 'answers');
  execFileSync('go', ['build', '-o', program, join(here, 'answers.go')]);
  const child = spawn(program, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: String(line).trim().replace('listening on ', ''), stop: () => child.kill() };
}

/** nginx. A connection is closed after three requests, so that the client has to open others. */
export async function startNginx(t: TestContext): Promise<Started> {
  if (!runs('nginx', '-v')) return undefined;
  const folder = temporaryFolder(t);
  const port = await freePort();
  mkdirSync(join(folder, 'files'));
  writeFileSync(join(folder, 'files/big'), 'x'.repeat(1 << 20));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const paths = temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
  // Its workers would be nobody, who may not read this folder.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const configuration = `
    ${user} daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log; worker_processes 1;
    events { worker_connections 64; }
    http {
      access_log off; keepalive_requests 3; ${paths}
      gzip on; gzip_min_length 1; gzip_types text/plain; gzip_proxied any; default_type text/plain;
      server {
        listen 127.0.0.1:${port}; root ${folder}/files;
        location = /length { gzip off; return 200 "hello world"; }
        location = /close { gzip off; keepalive_timeout 0; return 200 "hello world"; }
        location = /redirect { gzip off; return 302 /length; }
        location = /empty { return 204; }
        location = /big { gzip off; }
        location = /chunked { alias ${folder}/files/big; }
      }
    }`;
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration);
  const child = spawn('nginx', ['-p', folder, '-c', file], { stdio: ['ignore', 'inherit', 'ignore'] });
  await untilListening(port);
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

/** Gunicorn with threads, the worker that keeps connections alive; installed once, in the version of the reference server. */
export async function startGunicorn(): Promise<Started> {
  if (!runs('python3', '-m', 'venv', '--help')) return undefined;
  const environment = join(root, '.cache/client/python');
  const gunicorn = join(environment, 'bin/gunicorn');
  if (!runs(gunicorn, '--version')) {
    execFileSync('python3', ['-m', 'venv', '--clear', environment]);
    const requirements = join(root, 'server-python/requirements.txt');
    execFileSync(join(environment, 'bin/pip'), ['install', '-q', '-r', requirements], { stdio: 'ignore' });
  }
  const port = await freePort();
  const bind = ['--bind', `127.0.0.1:${port}`, '--worker-class', 'gthread', '--threads', '4'];
  const child = spawn(gunicorn, [...bind, '--chdir', here, 'answers'], { stdio: 'ignore' });
  await untilListening(port);
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

function runs(command: string, ...argv: string[]): boolean {
  try {
    execFileSync(command, argv, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** A server of others does not say when it is ready: it is asked until it takes a connection. */
async function untilListening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const taken = await new Promise<boolean>((resolve) => {
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    });
    socket.destroy();
    if (taken) return;
  }
}
