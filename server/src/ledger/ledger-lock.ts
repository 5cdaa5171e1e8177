import type { BigIntStats } from 'node:fs';
import { EscalaError, holdExclusively } from '@escala/model';

/**
 * Holds the ledger for this process: two servers never write one file.
 * @throws EscalaError LEDGER_LOCKED where another process holds it.
 */
export async function lockLedger(path: string, file: BigIntStats): Promise<() => void> {
  const held = await holdExclusively('ledger', file);
  if (!held) throw new EscalaError('LEDGER_LOCKED', { file: path });
  return held.release;
}
