import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentPlan } from '@escala/model';
import { requestTarget } from './http/request-target.ts';

/** Between two tries, and how long one try may take. */
const RETRY_MS = 100;
const TRY_MS = 1_000;

/**
 * Waits until every URL takes connections, for `waitUs` at most; then the load starts in any case, and its rows tell.
 */
export async function untilReachable(
  { urls, method }: Pick<AgentPlan, 'urls' | 'method'>,
  waitUs: number,
  interrupted: AbortSignal,
): Promise<void> {
  const endMs = performance.now() + waitUs / 1_000;
  for (const url of urls) {
    const { host, port } = requestTarget(url, method);
    while (!(await isReachable(host, port)) && performance.now() < endMs && !interrupted.aborted) {
      await sleep(RETRY_MS);
    }
  }
}

function isReachable(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: TRY_MS });
    const end = (reachable: boolean) => {
      socket.destroy();
      resolve(reachable);
    };
    socket
      .on('connect', () => end(true))
      .on('error', () => end(false))
      .on('timeout', () => end(false));
  });
}
