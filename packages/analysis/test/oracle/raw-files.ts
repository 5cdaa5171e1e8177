import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  clientColumns,
  headerLine,
  ledgerColumns,
  requestColumns,
  rowLine,
  trialFiles,
  trialFolder,
} from '@escala/model';
import type { SimulatedTrial } from './simulated-run.ts';

/**
 * Writes the client's rows and each replica's ledger that would have been joined into the requests.csv of a simulated
 * run's trials, so that the join can be done again.
 */
export async function writeRawFiles(run: string, trials: readonly SimulatedTrial[]): Promise<void> {
  for (const { cell, round } of trials) {
    const folder = trialFolder(run, cell.key, round);
    const [, ...lines] = (await readFile(join(folder, trialFiles.requests), 'utf8')).trimEnd().split('\n');
    const rows = lines.map((line) => line.split(','));
    const sent = rows.filter((row) => read(row, 'ledger') !== 'unexpected');
    const clientRows = sent.map((row) => rowLine(clientColumns, row.slice(0, clientColumns.length)));
    await writeFile(join(folder, 'client-agent-1.csv'), headerLine(clientColumns) + clientRows.join(''));
    await writeFile(join(folder, trialFiles.warmup), headerLine(clientColumns));
    for (const replica of new Set(rows.map((row) => read(row, 'replica')))) {
      const entries = rows.filter((row) => read(row, 'replica') === replica).flatMap(ledgerEntries);
      const text = entries.map((entry, i) => rowLine(ledgerColumns, [i + 1, ...entry])).join('');
      await writeFile(join(folder, `ledger-${replica}.csv`), headerLine(ledgerColumns) + text);
    }
  }
}

function read(row: readonly string[], column: string): string {
  return row[requestColumns.findIndex(({ name }) => name === column)] ?? '';
}

/** What the ledger holds of a row, without its sequence number: nothing, one entry, or two. */
function ledgerEntries(row: readonly string[]): string[][] {
  const kept = ['request_id', 'run', 'cell', 'client', 'message', 'replica'];
  const times = ['received_us', 'queue_us', 'service_us'];
  const entry = [...[...kept, ...times].map((name) => read(row, name)), 'POST', '/messages', '201'];
  const copies = { recorded: 1, unexpected: 1, duplicated: 2 }[read(row, 'ledger')] ?? 0;
  return new Array<string[]>(copies).fill(entry);
}
