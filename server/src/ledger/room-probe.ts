import { open, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** How often a full disk is asked for room. */
const PROBE_INTERVAL_MS = 250;
/** So much must fit before rows are taken again, lest the next batch fail at once. */
const PROBE_BYTES = 65_536;

/** Resolves when the disk takes data again, found out by writing a file beside the ledger: quotas lie to statfs. */
export async function untilRoom(ledgerPath: string): Promise<void> {
  while (!(await hasRoom(`${ledgerPath}.${process.pid}.probe`)))
    await delay(PROBE_INTERVAL_MS, undefined, { ref: false });
}

async function hasRoom(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'w');
    try {
      await file.write(Buffer.alloc(PROBE_BYTES));
      await file.datasync();
    } finally {
      await file.close();
    }
    return true;
  } catch {
    return false;
  } finally {
    await rm(path, { force: true }).catch(() => {});
  }
}
