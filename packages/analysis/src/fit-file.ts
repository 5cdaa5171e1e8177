import { EscalaError, type FitResult, fitSentences } from '@escala/model';
import { type FitScale, fitLaws, pointLimits, type ScalabilityPoint } from '@escala/stats';
import { pickColumns } from './table/pick-columns.ts';
import { openTable, type Table, type TableSource } from './table/read-table.ts';
import type { TableRow } from './table/records.ts';

/** Which columns hold N and X, and on which scale the noise has one size. */
export interface FitFileOptions {
  readonly n?: string | undefined;
  readonly x?: string | undefined;
  readonly scale: FitScale;
}

/** The fit, and which columns it was made from. */
interface FileFit extends FitResult {
  readonly source: TableSource & {
    readonly file: string;
    readonly columns: { readonly n: string; readonly x: string };
  };
}

/**
 * Fits the scalability laws to two columns of anyone's table, as `escala fit` does. Columns that are not named are found by
 * what they are called, or are the first two. A row with an empty cell is no measurement: it is left out, and `source.holes` says so.
 * @throws EscalaError with file, line and column for anything that cannot be fitted; nothing is left out in silence.
 */
export async function fitFile(file: string, options: FitFileOptions): Promise<FileFit> {
  const table = await openTable(file);
  const [n, x] = pickColumns(table, [options.n, options.x]);
  const points: ScalabilityPoint[] = [];
  for await (const rows of table.rows()) {
    for (const row of rows) {
      const point = pointOf(table, row, [n, x], options.scale);
      if (point) points.push(point);
    }
  }
  if (!points.some((point) => point.x > 0)) throw new EscalaError('ROWS_MISSING', { file: table.name });
  const columns = { n: table.header[n] ?? '', x: table.header[x] ?? '' };
  const { result } = fitLaws(points, options.scale);
  return {
    ...result,
    reason: fitSentences(result, 'n', 'en').join(' '),
    source: { file: table.name, columns, ...table.source() },
  };
}

/** Null where a cell is empty. */
function pointOf(
  table: Table,
  row: TableRow,
  [atN, atX]: readonly [number, number],
  scale: FitScale,
): ScalabilityPoint | null {
  const { nMin, nMax, xMin, xMax } = pointLimits;
  const n = table.number(row, atN);
  const x = table.number(row, atX);
  if (n === null || x === null) return null;
  if (!(n > 0)) table.refuse('LEVEL_NOT_POSITIVE', row, atN);
  if (scale === 'log' && !(x > 0)) table.refuse('THROUGHPUT_NOT_POSITIVE', row, atX);
  if (x < 0) table.refuse('THROUGHPUT_NEGATIVE', row, atX);
  refuseOutside(table, row, atN, n, [nMin, nMax]);
  if (x > 0) refuseOutside(table, row, atX, x, [xMin, xMax]);
  return { n, x };
}

function refuseOutside(
  table: Table,
  row: TableRow,
  column: number,
  value: number,
  [least, most]: readonly [number, number],
): void {
  if (value >= least && value <= most) return;
  table.refuse('NUMBER_OUT_OF_RANGE', row, column, { least: String(least), most: most.toExponential() });
}
