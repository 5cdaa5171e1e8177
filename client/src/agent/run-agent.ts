import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ClientSettings, endWithStdin, listenProblem, systemClock, unwritable } from '@escala/model';
import { Agent } from './agent.ts';
import { createAgentServer } from './agent-server.ts';

/** Listens for plans until the process is ended. @throws EscalaError as `listenProblem`; FOLDER_UNWRITABLE. */
export async function runAgent(settings: ClientSettings, token: string): Promise<void> {
  const { agentHost: host, agentPort: port } = settings;
  const server = createAgentServer(createAgent(settings.agentData), token);
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
