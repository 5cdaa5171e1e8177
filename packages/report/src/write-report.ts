import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Answer, type Language, type Results, runFiles, writeProblem } from '@escala/model';
import { readResults, renewChecksums } from '@escala/model/study';
import { pdfOf, pngOf, svgFile } from './drawing/image.ts';
import { pageWidths } from './drawing/layout.ts';
import { figures } from './figures/catalogue.ts';
import type { Figure, FigureContent } from './figures/kinds/figure.ts';
import { reportPage } from './page/page.ts';
import { paragraphFile } from './papers/results-paragraph.ts';
import { narrowSummaryCaption, narrowSummaryTable, summaryTable } from './papers/summary-table.ts';
import { comparisonsTable, trialsTable } from './papers/tidy-tables.ts';
import { auditTable, cellsTable, kindsTable } from './study/cells-table.ts';
import { lawsTable } from './study/laws.ts';
import { latexFloatOf, latexOf } from './tables/latex.ts';
import { csvOf, escapeMarkdown, markdownOf, type Table } from './tables/table.ts';

interface ReportOptions {
  /** Of the figures' and tables' words; the page holds both languages and opens in this one. */
  readonly language?: Language;
  /** What older results lack, made from what they have. */
  readonly answerOf?: (results: Results) => Answer;
}

/** Paths inside the run folder. */
export interface ReportFiles {
  readonly report: string;
  readonly figures: readonly string[];
  readonly tables: readonly string[];
}

/**
 * `results.json` of the run → `report.html`, `figures/` and `tables/`. Nothing is computed, so the same results give
 * the same bytes.
 * @throws EscalaError as `readResults`, where the results cannot be trusted; DISK_FULL, FOLDER_UNWRITABLE.
 */
export async function writeReport(runFolder: string, options: ReportOptions = {}): Promise<ReportFiles> {
  const read = await readResults(runFolder);
  const answer = read.answer ?? options.answerOf?.(read);
  const results = answer ? { ...read, answer } : read;
  try {
    return await writeFiles(runFolder, results, options.language ?? 'en');
  } catch (cause) {
    throw writeProblem(cause, runFolder);
  }
}

async function writeFiles(runFolder: string, results: Results, language: Language): Promise<ReportFiles> {
  const [figureFolder, tableFolder] = [join(runFolder, runFiles.figures), join(runFolder, runFiles.tables)];
  // What an earlier report left there may belong to a figure that this one does not have.
  for (const folder of [figureFolder, tableFolder]) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
  }
  const drawn = figures.map(async (figure) => {
    const content = figure.of(results);
    return content ? writeFigureFiles(figureFolder, figure, content, language) : [];
  });
  const tabled = Object.entries(tablesOf(results)).map(([name, table]) =>
    writeTableFiles(tableFolder, name, table, language),
  );
  const page = writeFile(join(runFolder, runFiles.report), reportPage(results, language));
  const forPapers = writeAll(tableFolder, runFiles.tables, filesForPapers(results, language));
  const [ofFigures, ofTables, ofPapers] = await Promise.all([
    Promise.all(drawn),
    Promise.all(tabled),
    forPapers,
    page,
  ]);
  await renewChecksums(runFolder);
  return { report: runFiles.report, figures: ofFigures.flat(), tables: [...ofTables.flat(), ...ofPapers] };
}

function tablesOf(results: Results): Record<string, Table> {
  const laws = results.laws.length > 0 ? { laws: lawsTable(results) } : {};
  const kinds = kindsTable(results);
  return {
    cells: cellsTable(results),
    ...(kinds && { requests: kinds }),
    ...laws,
    audit: auditTable(results),
  };
}

async function writeFigureFiles(
  folder: string,
  figure: Figure,
  content: FigureContent,
  language: Language,
): Promise<string[]> {
  const drawing = content.draw({ width: pageWidths.wide, language });
  const svg = svgFile(drawing, figure.title[language], content.caption(language));
  return writeAll(folder, runFiles.figures, {
    [`${figure.name}.svg`]: svg,
    [`${figure.name}.png`]: await pngOf(svg),
    [`${figure.name}.pdf`]: await pdfOf(svg, pageWidths.wide, Number(drawing.attributes['height'])),
    [`${figure.name}.csv`]: csvOf(content.table),
  });
}

export async function writeTableFiles(
  folder: string,
  name: string,
  table: Table,
  language: Language,
): Promise<string[]> {
  return writeAll(folder, runFiles.tables, {
    [`${name}.md`]: markdownOf(table, language),
    [`${name}.tex`]: latexOf(table, language),
    [`${name}.csv`]: csvOf(table),
  });
}

export async function writeAll(
  folder: string,
  inRun: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string[]> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return Object.keys(files).map((name) => `${inRun}/${name}`);
}

/** Files of `tables/`: the small table below the answer, a paragraph of results, and the tidy tables of notebooks. */
export function filesForPapers(results: Results, language: Language): Record<string, string> {
  const { answer, experiment } = results;
  const summary = summaryTable(results);
  const said = answer
    ? [answer.sentence, ...answer.further.map(({ sentence }) => sentence), answer.trust]
    : [];
  const paragraphs = said.map((sentence) => `${escapeMarkdown(sentence[language])}\n\n`);
  const label = `tab:${experiment.name.replace(/[^A-Za-z0-9]+/g, '-')}`;
  const float = { caption: narrowSummaryCaption(results, language), label };
  return {
    'summary.md': `${paragraphs.join('')}${markdownOf(summary, language)}`,
    'summary.tex': latexFloatOf(narrowSummaryTable(results), float, language),
    'summary.csv': csvOf(summary),
    'results-paragraph.md': paragraphFile(results),
    'trials.csv': csvOf(trialsTable(results)),
    'comparisons.csv': csvOf(comparisonsTable(results)),
  };
}
