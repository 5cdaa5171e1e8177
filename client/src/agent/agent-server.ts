import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  type AgentPlan,
  type AgentStart,
  agentApi,
  carriesToken,
  messageApi,
  witnessText,
} from '@escala/model';
import type { Agent } from './agent.ts';
import { readRange } from './rows-range.ts';

/** A plan for thousands of replicas stays far below this. */
const BODY_BYTES_MAX = 4 * 1024 * 1024;

type Answer = { readonly status: number; readonly body: unknown };

/** The agent's protocol over HTTP. Every call but /healthz needs the bearer token, also from this machine. */
export function createAgentServer(agent: Agent, token: string): Server {
  return createServer((request, response) => {
    answer(agent, token, request)
      .catch((error: Error): Answer => ({ status: 500, body: { error: error.message } }))
      .then(({ status, body }) => send(response, status, body))
      .catch(() => response.destroy());
  });
}

async function answer(agent: Agent, token: string, request: IncomingMessage): Promise<Answer> {
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
      return { status: 200, body: agent.take((await readJson(request)) as AgentPlan) };
    case `POST ${agentApi.start}`:
      return start(agent, (await readJson(request)) as AgentStart);
    case `GET ${agentApi.rows}`:
      return rows(agent, url.searchParams);
    case `GET ${agentApi.metrics}`:
      return { status: 200, body: witnessText() };
    default:
      return { status: 404, body: { error: `no such call: ${request.method} ${url.pathname}` } };
  }
}

function start(agent: Agent, { plan, atUs }: AgentStart): Answer {
  const state = agent.start(plan, atUs);
  if (state) return { status: 200, body: state };
  return { status: 409, body: { error: `plan ${plan} is not ready here`, state: agent.state } };
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

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error(`the body is larger than ${BODY_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
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
