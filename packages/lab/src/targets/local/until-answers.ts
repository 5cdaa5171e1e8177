import { setTimeout as sleep } from 'node:timers/promises';
import type { Program } from './program.ts';

const POLL_MS = 10;

/**
 * Whether the program answers at `url` while it runs and before `deadline` aborts. `/readyz` answers 200 when it is ready;
 * a server that has no such path answers something else than 503, which counts as well.
 */
export async function untilAnswers(program: Program, url: URL, deadline: AbortSignal): Promise<boolean> {
  while (program.isRunning && !deadline.aborted) {
    const status = await statusOf(url, deadline).catch(() => undefined);
    if (status !== undefined && status !== 503) return true;
    await sleep(POLL_MS);
  }
  return false;
}

async function statusOf(url: URL, signal: AbortSignal): Promise<number> {
  const response = await fetch(url, { signal });
  // A 204 has none.
  await response.body?.cancel();
  return response.status;
}
