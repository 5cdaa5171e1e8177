import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../../test/data/nist');

/** The rows of one of NIST's Statistical Reference Datasets as numbers. */
export function nistRows(file: string): number[][] {
  const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => line.split(',').map(Number));
}

/** NIST's log relative error: the number of digits that agree, at most `certified` of them. */
export function agreeingDigits(computed: number, exact: number, certified = 15): number {
  if (computed === exact) return certified;
  const error = exact === 0 ? Math.abs(computed) : Math.abs(computed - exact) / Math.abs(exact);
  return Math.min(certified, -Math.log10(error));
}
