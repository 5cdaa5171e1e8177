/** Which mark a table's numbers have before their decimals, as far as its first rows tell. */
export interface DecimalEvidence {
  readonly comma: boolean;
  readonly point: boolean;
}

/** Reads the cells of one table as numbers, and remembers what it took a comma and a point for. */
export interface NumberReader {
  /** Null for an empty cell and for what stands for one (NA, NaN, null); NaN for what is no finite number. */
  read(cell: string): number | null;
  /** After NaN: the cell that can be read in two ways, this one or an earlier one; null where that is not why. */
  ambiguous(cell: string): string | null;
  /** The decimal mark that was met; null as long as there was none. */
  readonly decimal: '.' | ',' | null;
}

const hole = /^(?:|n\/?a|#n\/a|nan|null|none|nil|[-–—])$/i;
const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const withComma = /^[+-]?(?:\d+,\d*|,\d+)(?:e[+-]?\d+)?$/i;
/** 1,234 and 1.234: a decimal mark or one of thousands. A leading 0 makes it a decimal one. */
const eitherMark = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;
/** 1 234, 1'234,5, 1.234.567 and 1,234.5: the same mark between groups of three, and at most one other after them. */
const grouped = /^[+-]?[1-9]\d{0,2}(?:([.,' \u00a0\u2009\u202f’])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d*)?$/;

/** Whether a cell can only be a number with a decimal comma, or only one with a decimal point. */
export function evidenceOf(cell: string): 'comma' | 'point' | null {
  if (eitherMark.test(cell)) return null;
  if (withComma.test(cell)) return 'comma';
  if (plain.test(cell)) return cell.includes('.') ? 'point' : null;
  if (!grouped.test(cell)) return null;
  const [point, comma] = [cell.lastIndexOf('.'), cell.lastIndexOf(',')];
  const marks = cell.match(/[.,]/g) ?? [];
  // Two marks of one kind are thousands, so that the decimal mark would be the other.
  if (point < 0 || comma < 0) return marks.length > 1 ? (point < 0 ? 'point' : 'comma') : null;
  return comma > point ? 'comma' : 'point';
}

function withoutGroups(text: string, decimal: ',' | '.'): number {
  const digits = [...text].filter((one) => /[\d+-]/.test(one) || one === decimal).join('');
  return Number(digits.replace(',', '.'));
}

/** @param isCommaUsual in tables with semicolons, whose commas were free for the decimals. */
export function createNumberReader(first: DecimalEvidence, isCommaUsual: boolean): NumberReader {
  const seen = { comma: first.comma, point: first.point };
  /** The first cell of this kind whose mark was taken for a decimal one without certainty. */
  const taken: { comma?: string; point?: string } = {};
  let decimal: '.' | ',' | null = null;

  function readPlain(text: string): number {
    if (text.includes('.')) {
      decimal ??= '.';
      if (eitherMark.test(text)) {
        if (seen.comma || (isCommaUsual && !seen.point)) return Number.NaN;
        taken.point ??= text;
      } else {
        seen.point = true;
        if (taken.comma !== undefined) return Number.NaN;
      }
    }
    return Number(text);
  }

  function readComma(text: string): number {
    if (eitherMark.test(text)) {
      if (!(seen.comma || isCommaUsual) || seen.point) return Number.NaN;
      taken.comma ??= text;
    } else {
      seen.comma = true;
      if (taken.point !== undefined) return Number.NaN;
    }
    decimal ??= ',';
    return Number(text.replace(',', '.'));
  }

  function readGrouped(text: string): number {
    const evidence = evidenceOf(text);
    if (evidence) {
      seen[evidence] = true;
      if (taken[evidence === 'comma' ? 'point' : 'comma'] !== undefined) return Number.NaN;
    }
    const isComma = evidence === 'comma' || (evidence === null && text.includes(','));
    return withoutGroups(text, isComma ? ',' : '.');
  }

  function read(cell: string): number | null {
    if (hole.test(cell)) return null;
    const text = cell.startsWith('−') ? `-${cell.slice(1)}` : cell;
    const readMarked = withComma.test(text) ? readComma : grouped.test(text) ? readGrouped : () => Number.NaN;
    const value = plain.test(text) ? readPlain(text) : readMarked(text);
    return Number.isFinite(value) ? value : Number.NaN;
  }

  return {
    read,
    ambiguous(cell) {
      if (eitherMark.test(cell)) return cell;
      const evidence = evidenceOf(cell);
      return (evidence === 'comma' ? taken.point : evidence === 'point' ? taken.comma : undefined) ?? null;
    },
    get decimal() {
      return decimal;
    },
  };
}
