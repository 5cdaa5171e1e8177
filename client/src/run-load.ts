import { type ClientSettings, systemClock } from '@escala/model';
import { type LoadShare, LocalShare } from './load/local-share.ts';
import type { ExactCounts } from './measure/exact-counts.ts';
import { helpfulWorkers, planFromSettings, shareOfPlan, workersMax } from './plan-from-settings.ts';
import { RowFile } from './rows/row-file.ts';
import { type Summary, summarize } from './summary/summary.ts';
import { untilReachable } from './until-reachable.ts';
import { WorkerShare } from './worker-share.ts';

/** From now until all threads start together, once all are ready. */
const START_AHEAD_US = 20_000;

/** Runs the load of a client on its own, in as many threads as help. `interrupted` stops it early, cleanly. */
export async function runLoad(
  settings: ClientSettings,
  interrupted: AbortSignal,
): Promise<{ summary: Summary; latency: ExactCounts }> {
  const plan = planFromSettings(settings);
  const count = Math.min(settings.workers ?? helpfulWorkers(plan), workersMax(plan));
  // The file is opened before anything is sent: a path that cannot be written must not cost a run.
  if (settings.out !== undefined) await RowFile.create(settings.out).close();
  await untilReachable(plan, settings.readyWaitUs, interrupted);
  const shares: LoadShare[] = Array.from({ length: count }, (_, index) => {
    const part = shareOfPlan(plan, index, count);
    return count === 1 ? LocalShare.appendingTo(settings.out, part) : new WorkerShare(settings.out, part);
  });
  const stop = () => {
    for (const share of shares) share.stop();
  };
  try {
    await Promise.all(shares.map((share) => share.prepare()));
    const atUs = systemClock.nowUs() + START_AHEAD_US;
    const running = shares.map((share) =>
      share.run(atUs).catch((error) => {
        stop();
        throw error;
      }),
    );
    if (interrupted.aborted) stop();
    interrupted.addEventListener('abort', stop);
    // One that fails stops the others, and waits for them: a thread that is cut off may leave half a row.
    await Promise.allSettled(running);
    return summarize(await Promise.all(running), {
      hasSchedule: plan.load.kind === 'open',
      insecure: settings.insecure,
      interrupted: interrupted.aborted,
      failIf: settings.failIf,
    });
  } finally {
    interrupted.removeEventListener('abort', stop);
    await Promise.all(shares.map((share) => share.close()));
  }
}
