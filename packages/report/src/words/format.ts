import { formatNumber, type Language } from '@escala/model';

/** A number, text or nothing, as it stands in the data; words come in both languages from elsewhere. */
export type NumberStyle =
  /** Three significant digits below 1,000, whole above. */
  | 'significant'
  | 'integer'
  /** Two decimals: ratios and shares of 1. */
  | 'ratio'
  /** A share as per cent with one decimal. */
  | 'percent'
  /** For parameters of laws, which may be tiny: four significant digits. */
  | 'parameter'
  /** An estimate of a law beside its law's name: two significant digits. */
  | 'estimate';

const styles: Record<NumberStyle, Intl.NumberFormatOptions> = {
  significant: { minimumSignificantDigits: 3, maximumSignificantDigits: 3 },
  integer: { maximumFractionDigits: 0 },
  ratio: { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  percent: { style: 'percent', maximumFractionDigits: 1 },
  parameter: { maximumSignificantDigits: 4 },
  estimate: { maximumSignificantDigits: 2 },
};

/** What stands where a number could not be estimated. */
export const noNumber = '–';

export function numberText(
  value: number | null,
  language: Language,
  style: NumberStyle = 'significant',
): string {
  if (value === null) return noNumber;
  const large = style === 'significant' && Math.abs(value) >= 999.5;
  // A minus sign, not a hyphen, and a thin distance before the per cent sign, as in "95 %" of the captions.
  const shown = large || (style === 'significant' && value === 0) ? 'integer' : style;
  return formatNumber(value, language, styles[shown]).replace('-', '−').replace(/\s?%/, '\u00a0%');
}

/** Labels of an axis: as few digits as tell the ticks apart. */
export function tickText(value: number, language: Language): string {
  return numberText(Number(value.toPrecision(6)), language, 'parameter');
}

/** `low – high` with the language's digits. An unbounded side is written with an infinity sign. */
export function intervalText(
  low: number | null,
  high: number | null,
  language: Language,
  style: NumberStyle = 'significant',
): string {
  const lower = low === null ? '−∞' : numberText(low, language, style);
  const upper = high === null ? '∞' : numberText(high, language, style);
  return `[${lower}; ${upper}]`;
}

/** An instant in UTC, µs since the epoch: `2026-11-23 09:42 UTC` as the language writes it. */
export function instantText(us: number, language: Language): string {
  return new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'medium',
    timeZone: 'UTC',
    hourCycle: 'h23',
  }).format(us / 1000);
}

/** The day of an instant in UTC. */
export function dateText(us: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(us / 1000);
}
