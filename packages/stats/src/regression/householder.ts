/** What least squares needs of a factorisation J = QR: R by rows, Qᵀb, and the squares of b that J cannot reach. */
export interface QrFactors {
  readonly r: readonly (readonly number[])[];
  readonly qtb: readonly number[];
  readonly rest: number;
}

/**
 * Householder's QR of a tall matrix given by columns, applied to `b` as well; both are overwritten.
 * Backward stable, and its cost and memory are linear in the rows. Source: Golub & Van Loan, Matrix Computations, 5.2.
 */
export function factorQr(columns: readonly Float64Array[], b: Float64Array): QrFactors {
  const r: number[][] = columns.map(() => []);
  for (const [k, column] of columns.entries()) {
    const norm = euclideanNorm(column, k);
    const head = column[k] ?? 0;
    const diagonal = head > 0 ? -norm : norm;
    if (norm > 0) {
      column[k] = head - diagonal;
      const scale = 1 / (norm * (norm + Math.abs(head)));
      for (const other of [...columns.slice(k + 1), b]) reflect(column, other, k, scale);
    }
    r[k]?.push(...columns.map((_, j) => (j < k ? 0 : j === k ? diagonal : (columns[j]?.[k] ?? 0))));
  }
  const rest = euclideanNorm(b, columns.length) ** 2;
  return { r, qtb: Array.from(b.subarray(0, columns.length)), rest };
}

/** Applies I − scale·v·vᵀ to the rows from k on. */
function reflect(v: Float64Array, target: Float64Array, k: number, scale: number): void {
  let dot = 0;
  for (let i = k; i < v.length; i++) dot += (v[i] as number) * (target[i] as number);
  const factor = dot * scale;
  for (let i = k; i < v.length; i++) target[i] = (target[i] as number) - factor * (v[i] as number);
}

/** √Σx², scaled where squares would overflow or vanish. */
export function euclideanNorm(values: Float64Array, from = 0): number {
  let squares = 0;
  for (let i = from; i < values.length; i++) squares += (values[i] as number) * (values[i] as number);
  return squares > 1e-280 && squares < 1e300 ? Math.sqrt(squares) : scaledNorm(values, from);
}

function scaledNorm(values: Float64Array, from: number): number {
  let largest = 0;
  for (let i = from; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i] as number));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = from; i < values.length; i++) sum += ((values[i] as number) / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** Solves Rx = b. Null where R is singular to working precision. */
export function solveUpper(r: QrFactors['r'], b: readonly number[]): number[] | null {
  const x = new Array<number>(b.length).fill(0);
  for (let i = b.length - 1; i >= 0; i--) {
    const pivot = r[i]?.[i] ?? 0;
    const columnNorm = Math.hypot(...r.slice(0, i + 1).map((row) => row[i] ?? 0));
    if (Math.abs(pivot) <= columnNorm * 2 ** -50) return null;
    let sum = b[i] ?? 0;
    for (let j = i + 1; j < b.length; j++) sum -= (r[i]?.[j] ?? 0) * (x[j] ?? 0);
    x[i] = sum / pivot;
  }
  return x;
}

/** Solves Rᵀx = b, so that gᵀ(RᵀR)⁻¹g = |x|² for b = g. The caller knows that R is not singular. */
export function solveTransposed(r: QrFactors['r'], b: readonly number[]): number[] {
  const x: number[] = [];
  for (let i = 0; i < b.length; i++) {
    let sum = b[i] ?? 0;
    for (let j = 0; j < i; j++) sum -= (r[j]?.[i] ?? 0) * (x[j] ?? 0);
    x.push(sum / (r[i]?.[i] ?? 0));
  }
  return x;
}
