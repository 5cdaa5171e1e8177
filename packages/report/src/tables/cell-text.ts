import type { Language } from '@escala/model';
import { intervalText, noNumber, numberText } from '../words/format.ts';
import { type Column, isAtLeast, isRange, isSentence, type Value } from './table.ts';

/** A value as people read it. */
export function cellText(value: Value, column: Column, language: Language): string {
  if (value === null) return noNumber;
  if (typeof value === 'number') return numberText(value, language, column.style);
  if (isAtLeast(value)) return `≥ ${numberText(value.atLeast, language, column.style)}`;
  if (isRange(value)) return intervalText(value.low, value.high, language, column.style);
  return isSentence(value) ? value[language] : value;
}

/** The head of a column: what, and in which unit. */
export function headText(column: Column, language: Language): string {
  const unit = column.unit?.[language];
  return unit ? `${column.title[language]} (${unit})` : column.title[language];
}

/** Numbers stand to the right, so that their digits line up. */
export function isNumeric(column: Column): boolean {
  return column.style !== undefined;
}
