import { messageApi } from '@escala/model';
import { untilIdle } from '../../contract/until-idle.ts';
import { LEDGER_TRY_MS_MAX } from '../api/limits.ts';
import type { PodHttp } from '../api/pod-http.ts';

const QUIESCE_POLL_MS = 50;

/** Resolves when the replica has nothing in flight, or is gone (`isLiving` says no). */
export async function quiesceReplica(
  pod: PodHttp,
  isLiving: () => boolean,
  { deadline, signal }: { deadline: number; signal: AbortSignal },
): Promise<void> {
  const ask = async () => {
    const deadlineMs = Math.max(1, deadline - performance.now());
    const answer = await pod.call({ path: messageApi.metrics, deadlineMs }).catch(() => undefined);
    return answer?.body.toString() ?? '';
  };
  const isOver = () => !isLiving() || performance.now() >= deadline;
  const busy = await untilIdle(ask, { isOver, pollMs: QUIESCE_POLL_MS, signal });
  if (busy && isLiving()) throw pod.lost(busy);
}

/** A living replica's own ledger from disk, from a byte on; empty where there is nothing new. */
export async function downloadLedger(pod: PodHttp, from: number): Promise<Buffer> {
  const headers = { range: `bytes=${from}-` };
  const { status, body } = await pod.call({ path: messageApi.ledger, headers, tryMs: LEDGER_TRY_MS_MAX });
  if (status === 206) return body;
  if (status === 416) return Buffer.alloc(0);
  if (status === 200) return body.subarray(from);
  throw pod.lost(`${messageApi.ledger}: ${status}`);
}
