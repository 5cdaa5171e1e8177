import { type CellResult, fill, formatNumber, type Results } from '@escala/model';
import { words } from './words.ts';
import type { World } from './world.ts';

/** Rows of the table at the end; the report has them all. */
const TABLE_ROWS_MAX = 12;

/** The end of a study in the terminal: a short table, one paragraph, and where everything is. */
export function printFindings(results: Results, folder: string, world: World): void {
  const { language } = world;
  const print = (line: string) => world.stdout.write(`${line}\n`);
  for (const line of table(results.cells, language)) print(line);

  const { totals, summary, experiment } = results;
  print('');
  print(
    fill(words.found, language, {
      cells: totals.cellsMeasured,
      rounds: experiment.rounds,
      requests: totals.requests,
      valid: totals.verdicts.VALID,
      suspect: totals.verdicts.SUSPECT,
      invalid: totals.verdicts.INVALID,
      closes: fill(totals.ledgerCloses ? words.closes : words.doesNotClose, language),
      throughput: summary.throughputMax ? whole(summary.throughputMax.value, language) : '–',
      best: summary.throughputMax?.cell ?? '–',
    }),
  );
  if (experiment.rounds === 1) {
    print(fill(words.oneRound, language, { command: 'npm start -- run --rounds 5' }));
  }
  print(fill(words.where, language, { folder }));
}

/** Of each system and number of replicas the cell with the most throughput, in at most 80 columns. */
function table(cells: readonly CellResult[], language: World['language']): string[] {
  const best = new Map<string, CellResult>();
  for (const cell of cells) {
    const key = `${cell.cell.system} ${cell.cell.replicas}`;
    if ((cell.throughput?.value ?? 0) >= (best.get(key)?.throughput?.value ?? 0)) best.set(key, cell);
  }
  const ms = (us: number | undefined) =>
    us === undefined ? '–' : `${formatNumber(us / 1_000, language, { maximumFractionDigits: 1 })} ms`;
  const rows = [...best.values()]
    .slice(0, TABLE_ROWS_MAX)
    .map(({ cell, throughput, p50Us, p95Us, verdict }) => [
      cell.system,
      String(cell.replicas),
      `${cell.clients}×${cell.messages}`,
      throughput ? whole(throughput.value, language) : '–',
      ms(p50Us?.value),
      ms(p95Us?.value),
      verdict,
    ]);
  const all = [fill(words.tableHeader, language).split(' '), ...rows];
  const widths = all[0]?.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0))) ?? [];
  return all.map((row) =>
    row
      .map((cell, i) => (i === 0 || i === 6 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

function whole(value: number, language: World['language']): string {
  return formatNumber(value, language, { maximumFractionDigits: 0 });
}
