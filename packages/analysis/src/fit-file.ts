import { EscalaError, type FitResult } from '@escala/model';
import { type FitScale, fitLaws, pointLimits, type ScalabilityPoint } from '@escala/stats';
import { type NumberRow, readColumns } from './read-columns.ts';

/** Which columns hold N and X (the first two if not named), and on which scale the noise has one size. */
export interface FitFileOptions {
  readonly n?: string | undefined;
  readonly x?: string | undefined;
  readonly scale: FitScale;
}

/**
 * Fits the scalability laws to two columns of a CSV file, as `escala fit` does.
 * @throws EscalaError with file, line and column for anything that cannot be fitted; nothing is left out in silence.
 */
export async function fitFile(file: string, options: FitFileOptions): Promise<FitResult> {
  const { nMin, nMax, xMin, xMax } = pointLimits;
  const points: ScalabilityPoint[] = [];
  await readColumns(file, [options.n, options.x], (row) => {
    const [n, x] = row.values;
    if (!(n > 0)) row.refuse('LEVEL_NOT_POSITIVE', 0);
    if (options.scale === 'log' && !(x > 0)) row.refuse('THROUGHPUT_NOT_POSITIVE', 1);
    if (x < 0) row.refuse('THROUGHPUT_NEGATIVE', 1);
    refuseOutside(row, 0, nMin, nMax);
    if (x > 0) refuseOutside(row, 1, xMin, xMax);
    points.push({ n, x });
  });
  if (!points.some(({ x }) => x > 0)) throw new EscalaError('ROWS_MISSING', { file });
  return fitLaws(points, options.scale).result;
}

function refuseOutside(row: NumberRow, column: 0 | 1, least: number, most: number): void {
  const value = row.values[column];
  if (value >= least && value <= most) return;
  row.refuse('NUMBER_OUT_OF_RANGE', column, { least: String(least), most: most.toExponential() });
}
