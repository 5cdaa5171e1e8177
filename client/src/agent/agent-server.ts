import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type AgentPlan,
  type AgentStart,
  agentApi,
  type ClientSettings,
  carriesToken,
  endWithStdin,
  type HeldSecrets,
  listenProblem,
  MIX_BYTES_MAX,
  messageApi,
  systemClock,
  unwritable,
  witnessText,
} from '@escala/model';
import { Agent } from './agent.ts';
import { probe } from './probe.ts';

/** A plan for thousands of replicas stays far below this, without its requests. */
const BODY_BYTES_MAX = 4 * 1024 * 1024 + MIX_BYTES_MAX;
/** Most bytes of one answer: a call stays short, also through a port-forward. */
const ROWS_BYTES_MAX = 4 * 1024 * 1024;

type Answer = { readonly status: number; readonly body: unknown };

/** Listens for plans until the process is ended. @throws EscalaError as `listenProblem`; FOLDER_UNWRITABLE. */
export async function runAgent(settings: ClientSettings, token: string): Promise<void> {
  const { agentHost: host, agentPort: port } = settings;
  const server = createAgentServer(createAgent(settings.agentData), token, settings.agentSecrets);
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw listenProblem(cause, { host, port });
  }
  if (settings.endWithStdin) endWithStdin();
  const { port: bound, family } = server.address() as AddressInfo;
  process.stdout.write(`listening on http://${family === 'IPv6' ? `[${host}]` : host}:${bound}\n`);
  await once(server, 'close');
}

function createAgent(folder: string): Agent {
  try {
    return new Agent(folder, systemClock);
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

/** The agent's protocol over HTTP. Every call but /healthz needs the bearer token, also from this machine. */
function createAgentServer(agent: Agent, token: string, secrets: string | undefined): Server {
  return createServer((request, response) => {
    answer(agent, { token, secrets }, request)
      .catch((error: Error): Answer => ({ status: 500, body: { error: error.message } }))
      .then(({ status, body }) => send(response, status, body))
      .catch(() => response.destroy());
  });
}

async function answer(
  agent: Agent,
  { token, secrets }: { token: string; secrets: string | undefined },
  request: IncomingMessage,
): Promise<Answer> {
  // Probes have no token, and learn nothing but that the agent lives.
  if (request.url === messageApi.healthz) return { status: 200, body: 'alive' };
  if (!carriesToken(request.headers.authorization, token)) {
    return { status: 401, body: { error: 'the bearer token of the run is missing or wrong' } };
  }
  const url = new URL(request.url ?? '/', 'http://agent');
  switch (`${request.method} ${url.pathname}`) {
    case `GET ${agentApi.clock}`:
      return { status: 200, body: { nowUs: agent.nowUs } };
    case `GET ${agentApi.state}`:
      return { status: 200, body: agent.state };
    case `PUT ${agentApi.plan}`:
      return { status: 200, body: agent.take(await readPlan(request, secrets)) };
    case `POST ${agentApi.probe}`:
      return { status: 200, body: await probe(await readPlan(request, secrets)) };
    case `POST ${agentApi.start}`: {
      const { plan, atUs } = (await readJson(request)) as AgentStart;
      const state = agent.start(plan, atUs);
      if (state) return { status: 200, body: state };
      return { status: 409, body: { error: `plan ${plan} is not ready here`, state: agent.state } };
    }
    case `GET ${agentApi.rows}`:
      return rows(agent, url.searchParams);
    case `GET ${agentApi.metrics}`:
      return { status: 200, body: witnessText() };
    default:
      return { status: 404, body: { error: `no such call: ${request.method} ${url.pathname}` } };
  }
}

async function rows(agent: Agent, query: URLSearchParams): Promise<Answer> {
  const file = query.get('file') ?? 'client';
  const offset = Number(query.get('offset') ?? 0);
  if ((file !== 'client' && file !== 'warmup') || !Number.isSafeInteger(offset) || offset < 0) {
    return { status: 400, body: { error: 'file is client or warmup; offset is a whole number' } };
  }
  const found = agent.rows(query.get('plan') ?? '', file);
  if (found === undefined) return { status: 404, body: { error: 'that plan is not the one in hand' } };
  return { status: 200, body: await readRange(found.path, offset, found.bytes) };
}

/** The plan with what this agent holds of it; a file that was mounted may change while the agent lives. */
async function readPlan(request: IncomingMessage, secrets: string | undefined): Promise<AgentPlan> {
  const plan = (await readJson(request)) as AgentPlan;
  if (plan.heldFor === undefined) return plan;
  const held = parsed(readFileSync(secrets ?? '', 'utf8')) as HeldSecrets;
  const found = held[plan.heldFor];
  if (!found) throw new Error(`no secrets of ${plan.heldFor} lie here`);
  return { ...plan, ...found };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error(`the body is larger than ${BODY_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return parsed(Buffer.concat(chunks).toString('utf8'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the text, in which secrets may be.
    throw new Error('what should be JSON is not');
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const isPlain = Buffer.isBuffer(body) || typeof body === 'string';
  const bytes = Buffer.from(isPlain ? body : JSON.stringify(body));
  response.writeHead(status, { 'content-type': contentType(body), 'content-length': bytes.length });
  response.end(bytes);
}

function contentType(body: unknown): string {
  if (Buffer.isBuffer(body)) return 'text/csv; charset=utf-8';
  return typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json';
}

/** Bytes of a file from `offset` up to `end`, as many as one answer may have. */
async function readRange(path: string, offset: number, end: number): Promise<Buffer> {
  const length = Math.max(0, Math.min(ROWS_BYTES_MAX, end - offset));
  const bytes = Buffer.allocUnsafe(length);
  const file = await open(path, 'r');
  try {
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await file.close();
  }
}
