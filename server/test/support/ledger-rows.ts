import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ledgerColumns } from '@escala/model';
import { parse } from 'csv-parse/sync';

export type LedgerRow = Record<(typeof ledgerColumns)[number]['name'], string>;

/** The rows of the ledger in `folder`, read by a strict parser: another number of cells, or a stray quote, throws. */
export function ledgerRows(
  folder: string,
  replica = 'r1',
  { tolerateTornRow = false }: { tolerateTornRow?: boolean } = {},
): LedgerRow[] {
  const bytes = readFileSync(join(folder, `ledger-${replica}.csv`));
  // What a killed server leaves, before the next start repairs it.
  const whole = tolerateTornRow ? bytes.subarray(0, bytes.lastIndexOf('\n') + 1) : bytes;
  const [header, ...rows] = parse(whole, {}) as string[][];
  const names = ledgerColumns.map(({ name }) => name as string);
  if (String(header) !== String(names)) throw new Error(`not the ledger's header: ${header}`);
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])) as LedgerRow);
}
