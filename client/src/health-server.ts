import { createServer } from 'node:http';
import { type ClientSettings, messageApi } from '@escala/model';

/**
 * Answers probes on the agent's port while a client that was given its load by hand sends it: the same Job runs both
 * ways, and a probe has to find the same thing.
 */
export async function serveHealth({
  agentHost,
  agentPort,
}: Pick<ClientSettings, 'agentHost' | 'agentPort'>): Promise<AsyncDisposable> {
  const server = createServer((request, response) => {
    response.writeHead(request.url === messageApi.healthz ? 200 : 404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(agentPort, agentHost, resolve);
  });
  return server;
}
