import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Language, type OriginCell, runFiles, writeProblem } from '@escala/model';
import { pngOf, svgFile } from '../drawing/image.ts';
import { pageWidths } from '../drawing/layout.ts';
import { csvOf } from '../tables/table.ts';
import { writeAll, writeTableFiles } from '../write-report.ts';
import { statisticsTable } from './measures.ts';
import { originFigures } from './origin-figure.ts';

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
