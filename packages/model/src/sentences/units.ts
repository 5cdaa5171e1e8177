import { formatNumber, inEachLanguage, type Language, type Sentence } from './sentences.ts';

/** Units of time in microseconds. There are two letters for µ, which look the same. */
const durationUnitsUs: Readonly<Record<string, number>> = {
  us: 1,
  '\u00b5s': 1,
  '\u03bcs': 1,
  ms: 1_000,
  s: 1_000_000,
  m: 60_000_000,
  min: 60_000_000,
  h: 3_600_000_000,
};

const sizeUnitsBytes: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1_000,
  MB: 1_000_000,
  GB: 1_000_000_000,
  KiB: 1_024,
  MiB: 1_048_576,
  GiB: 1_073_741_824,
};

const numberAndUnit = /^(\d+(?:\.\d+)?)\s*([A-Za-z\u00b5\u03bc]*)\s*/;

/** Numbers with units, one or several after each other, each unit smaller than the one before. */
function parseQuantity(text: string, units: Readonly<Record<string, number>>): number | undefined {
  let rest = text.trim();
  let [sum, factorBefore] = [0, Number.POSITIVE_INFINITY];
  if (Number(rest) === 0 && /^[\d.]+$/.test(rest)) return 0;
  do {
    const [part, digits, unit = ''] = numberAndUnit.exec(rest) ?? [];
    const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
    if (part === undefined || factor === undefined || factor >= factorBefore) return undefined;
    sum += Number(digits) * factor;
    factorBefore = factor;
    rest = rest.slice(part.length);
  } while (rest !== '');
  return Math.round(sum);
}

/** `500us`, `5s`, `1m30s` in whole microseconds; undefined when it is not a duration. Only 0 needs no unit. */
export function parseDurationUs(text: string): number | undefined {
  return parseQuantity(text, durationUnitsUs);
}

/** `0.1%` as a share of 1; undefined when it is none. */
export function parseShare(text: string): number | undefined {
  const digits = /^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits) / 100;
}

/** `256B`, `64KiB` in bytes; undefined when it is not a size. Only 0 needs no unit. */
export function parseSizeBytes(text: string): number | undefined {
  return parseQuantity(text, sizeUnitsBytes);
}

/** A duration in microseconds as the shortest text that `parseDurationUs` reads back unchanged. */
export function formatDurationUs(us: number): string {
  if (us === 0) return '0';
  if (us % 60_000_000 === 0) return `${us / 60_000_000}m`;
  if (us % 1_000_000 === 0) return `${us / 1_000_000}s`;
  if (us % 1_000 === 0) return `${us / 1_000}ms`;
  return `${us}us`;
}

/** A size in bytes as the shortest text that `parseSizeBytes` reads back unchanged. */
export function formatSizeBytes(bytes: number): string {
  for (const unit of ['GiB', 'MiB', 'KiB'] as const) {
    const factor = sizeUnitsBytes[unit] ?? 1;
    if (bytes >= factor && bytes % factor === 0) return `${bytes / factor}${unit}`;
  }
  return `${bytes}B`;
}

/** Bytes for a person, in each language: three digits and a binary unit. It loses digits; `formatSizeBytes` does not. */
export function describeBytes(bytes: number): Sentence {
  const unit = (['GiB', 'MiB', 'KiB'] as const).find((name) => bytes >= (sizeUnitsBytes[name] ?? 1));
  if (unit === undefined) return inEachLanguage(() => `${bytes} B`);
  const value = bytes / (sizeUnitsBytes[unit] ?? 1);
  const digits = { minimumSignificantDigits: 3, maximumSignificantDigits: 3 };
  return inEachLanguage((language) => `${formatNumber(value, language, digits)} ${unit}`);
}

const durationNames = [
  { us: 60_000_000, name: 'min' },
  { us: 1_000_000, name: 's' },
  { us: 1_000, name: 'ms' },
  { us: 1, name: 'µs' },
] as const;

/**
 * A duration for a person, in each language: three digits and its largest whole unit, as in `52.3 ms`. It loses digits;
 * `formatDurationUs` does not.
 */
export function describeDurationUs(us: number): Sentence {
  const unit = durationNames.find((one) => Math.abs(us) >= one.us) ?? { us: 1, name: 'µs' };
  return inEachLanguage((language) => `${threeDigits(us / unit.us, language)}\u00a0${unit.name}`);
}

/** A share of 1 for a person, in each language: `8.23 %`. */
export function describeShare(share: number): Sentence {
  return inEachLanguage((language) => `${threeDigits(share * 100, language)}\u00a0%`);
}

/** A measured number for a person, in each language: three digits, whole from a thousand on. */
export function describeNumber(value: number): Sentence {
  return inEachLanguage((language) => threeDigits(value, language));
}

function threeDigits(value: number, language: Language): string {
  const isWhole = Math.abs(value) >= 999.5;
  const digits = isWhole ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return formatNumber(value, language, digits).replace('-', '−');
}
