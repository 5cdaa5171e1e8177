import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Language, type OriginCell, runFiles, sentences, writeProblem } from '@escala/model';
import { pngOf, svgFile } from '../drawing/image.ts';
import { pageWidths } from '../drawing/layout.ts';
import { columns, measured } from '../study/columns.ts';
import { ms } from '../study/estimates.ts';
import { csvOf } from '../tables/csv.ts';
import { type Column, type Table, tableOf } from '../tables/table.ts';
import { writeAll, writeTableFiles } from '../write-report.ts';
import { originFigures } from './origin-figure.ts';

const axes = sentences.report.axes.axes;
const units = sentences.report.axes.units;
const originWords = sentences.report.origin;

/** Paths inside the folder. */
interface OriginFiles {
  readonly figures: readonly string[];
  readonly tables: readonly string[];
}

/**
 * The scenarios of a file in the older form → `figures/` and `tables/` in a folder, which is made if need be. What else is
 * in it stays there.
 * @throws EscalaError DISK_FULL, FOLDER_UNWRITABLE.
 */
export async function writeOrigin(
  folder: string,
  cells: readonly OriginCell[],
  language: Language,
): Promise<OriginFiles> {
  const [figureFolder, tableFolder] = [join(folder, runFiles.figures), join(folder, runFiles.tables)];
  try {
    for (const inside of [figureFolder, tableFolder]) await mkdir(inside, { recursive: true });
    const figures: string[] = [];
    for (const { name, title, caption, draw, table } of originFigures(cells)) {
      const svg = svgFile(draw({ width: pageWidths.wide, language }), title[language], caption(language));
      const files = {
        [`${name}.svg`]: svg,
        [`${name}.png`]: await pngOf(svg),
        [`${name}.csv`]: csvOf(table),
      };
      figures.push(...(await writeAll(figureFolder, runFiles.figures, files)));
    }
    const tables = await writeTableFiles(tableFolder, 'statistics', statisticsTable(cells), language);
    return { figures, tables };
  } catch (cause) {
    throw writeProblem(cause, folder);
  }
}

/** A row a scenario; times in ms. A percentile of too few rows is empty. */
function statisticsTable(cells: readonly OriginCell[]): Table {
  const inMs = { unit: units.ms, style: 'significant' } as const;
  const statistics = {
    min: { key: 'min_ms', title: originWords.min, ...inMs },
    max: { key: 'max_ms', title: originWords.max, ...inMs },
    mean: { key: 'mean_ms', title: originWords.mean, ...inMs },
    median: { key: 'median_ms', title: originWords.median, ...inMs },
    standardDeviation: { key: 'standard_deviation_ms', title: originWords.standardDeviation, ...inMs },
    p90: { key: 'p90_ms', title: originWords.p90, ...inMs },
    p95: { key: 'p95_ms', title: axes.p95, ...inMs },
    p99: { key: 'p99_ms', title: axes.p99, ...inMs },
    p999: { key: 'p999_ms', title: originWords.p999, ...inMs },
  } as const satisfies Record<string, Column>;
  const names = Object.keys(statistics) as (keyof typeof statistics)[];
  const integer = (key: 'repetitions' | 'replicas' | 'clients' | 'messages' | 'rows', column: Column) => ({
    ...column,
    of: (cell: OriginCell) => cell[key],
  });
  return tableOf(cells, [
    integer('replicas', columns.replicas),
    integer('clients', columns.clients),
    integer('messages', columns.messages),
    integer('rows', { key: 'rows', title: originWords.rows, style: 'integer' }),
    {
      key: 'measured',
      title: originWords.measured,
      style: 'integer',
      of: ({ sessionUs }) => sessionUs?.n ?? 0,
    },
    integer('repetitions', { key: 'repetitions', title: originWords.repetitions, style: 'integer' }),
    ...names.map((name) => ({
      ...statistics[name],
      of: ({ sessionUs }: OriginCell) => ms(sessionUs?.[name]),
    })),
    { ...measured.throughput, of: ({ throughputPerSecond }) => throughputPerSecond },
  ]);
}
