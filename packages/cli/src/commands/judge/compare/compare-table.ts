import { isBeyondMargin, type RunComparison } from '@escala/analysis';
import {
  COLUMNS,
  type ComparedCell,
  describeDurationUs,
  describeNumber,
  describeShare,
  type FactorKey,
  factorKeys,
  fill,
  formatDurationUs,
  formatNumber,
  formatSizeBytes,
  type Language,
  type Sentence,
  sentences,
} from '@escala/model';
import { aligned } from '../../../terminal/aligned.ts';

const words = sentences.cli.comparison;
const axes = sentences.report.axes.axes;
type Factors = ComparedCell['factors'];

/** How a table is written: for a terminal, or as Markdown for the summary of a CI job. */
export type TableForm = 'text' | 'markdown';

const titles: Readonly<Record<Exclude<FactorKey, 'system'>, Sentence>> = {
  ...{ replicas: axes.replicas, clients: axes.clients, messages: axes.messages, ratePerSecond: axes.rate },
  ...{ arrivals: axes.arrivals, durationUs: axes.duration, payloadBytes: axes.payload },
  ...{ thinkTimeUs: axes.thinkTime, keepAlive: axes.keepAlive, storage: axes.storage },
  clientsPerPod: axes.clientsPerPod,
};
type ShownKey = keyof typeof titles;
const shownKeys = factorKeys.filter((key): key is ShownKey => key in titles);

/** The factors that the cells differ in, by their names, and those that they share. */
export function factorsOf(all: readonly Factors[]): Record<'varied' | 'shared', ShownKey[]> {
  const known = shownKeys.filter((key) => all.some((factors) => factors[key] !== undefined));
  const isVaried = (key: FactorKey) => new Set(all.map((factors) => factors[key])).size > 1;
  return { varied: known.filter(isVaried), shared: known.filter((key) => !isVaried(key)) };
}

/** A cell by some of its factors: `clients 16, think time 2ms`. */
export function levelsText(factors: Factors, keys: readonly ShownKey[], language: Language): string {
  return keys.map((key) => `${titles[key][language]} ${levelText(key, factors[key], language)}`).join(', ');
}

/** A cell by the factors that tell it apart from the others, or by all where there is no other. */
export function cellName(factors: Factors, all: readonly Factors[], language: Language): string {
  const { varied, shared } = factorsOf(all);
  return levelsText(factors, varied.length > 0 ? varied : shared, language);
}

/** A level that is the usual one is not named by a comparison. */
function levelText(key: FactorKey, level: Factors[string] | undefined, language: Language): string {
  if (key === 'keepAlive') return (level === false ? axes.no : axes.yes)[language];
  if (key === 'thinkTimeUs' || key === 'durationUs') return formatDurationUs(Number(level ?? 0));
  if (key === 'payloadBytes') return formatSizeBytes(Number(level ?? 0));
  if (level === undefined) return '–';
  return key === 'ratePerSecond' ? `${level}/s` : String(level);
}

/** One row a cell, under a head that names both sides and each factor that varies. */
export function comparisonTable(
  comparison: RunComparison,
  names: { readonly a: string; readonly b: string },
  language: Language,
  form: TableForm,
): string[] {
  const { cells, overall, metric } = comparison;
  const all = cells.map(({ factors }) => factors);
  const { varied } = factorsOf(all);
  const said = (value: number | null) =>
    value === null ? '–' : (metric === 'throughput' ? describeNumber : describeDurationUs)(value)[language];
  const head = [names.a, names.b].map(shortened);
  const ratioHead = `${head[1]} / ${head[0]}`;
  const values = [
    [
      ...head,
      ratioHead.length > RATIO_HEAD_MAX ? axes.ratio[language] : ratioHead,
      'q',
      words.verdict[language],
    ],
    ...cells.map((cell) => {
      const { a, b, ratio, ci95, q } = cell;
      const interval = { low: ci95?.[0] ?? null, high: ci95?.[1] ?? null };
      const change = ratioText({ value: ratio, ...interval }, language);
      return [
        said(a),
        said(b),
        change,
        q === null ? '–' : qText(q, language),
        verdictText(cell, comparison, language),
      ];
    }),
    ...(overall && cells.length > 1
      ? [['', '', ratioText({ value: overall.value, ...limitsOf(overall) }, language), '', '']]
      : []),
  ];
  const ofFactors = [
    varied.map((key) => titles[key][language]),
    ...cells.map(({ factors }) => varied.map((key) => levelText(key, factors[key], language))),
    ...(values.length > cells.length + 1
      ? [varied.map((_, i) => (i === 0 ? words.overall[language] : ''))]
      : []),
  ];
  const rows = values.map((row, i) => [...(ofFactors[i] ?? []), ...row]);
  const toLeft = [...varied.keys(), varied.length + 2, varied.length + 4];
  if (form === 'markdown') return markdownTable(rows, toLeft);
  const lines = aligned(rows, toLeft);
  if (lines.every((line) => line.length <= COLUMNS) && !lines.some((line) => line.includes('…')))
    return lines;
  return stacked(
    values,
    [undefined, ...cells.map(({ factors }) => cellName(factors, all, language))],
    language,
  );
}

/** Where a row is wider than a terminal, the factors of a cell have a line of their own. */
function stacked(
  values: readonly (readonly string[])[],
  names: readonly (string | undefined)[],
  language: Language,
): string[] {
  return aligned(values, [2, 4]).flatMap((line, i) =>
    i === 0 ? [line] : [names[i] ?? words.overall[language], line],
  );
}

export function markdownTable(rows: readonly (readonly string[])[], toLeft: readonly number[]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(head.map((_, i) => (toLeft.includes(i) ? '---' : '---:'))), ...body.map(line)];
}

/** Names of sides may be paths; a head of a column has room for the end of one. */
const HEAD_MAX = 14;
/** As wide as a ratio with its interval. */
const RATIO_HEAD_MAX = 22;
const shortened = (name: string) => (name.length > HEAD_MAX ? `‥${name.slice(1 - HEAD_MAX)}` : name);

/** `0.934 [0.887; 0.985]`. */
export function ratioText(
  { value, low, high }: Readonly<Record<'value' | 'low' | 'high', number | null>>,
  language: Language,
): string {
  const digits = (number: number | null) =>
    number === null
      ? '–'
      : formatNumber(number, language, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  return low === null && high === null ? digits(value) : `${digits(value)} [${digits(low)}; ${digits(high)}]`;
}

export const limitsOf = ({ ci95 }: NonNullable<RunComparison['overall']>) => ({
  low: ci95?.low ?? null,
  high: ci95?.high ?? null,
});

/** Below this a q is not told by its digits, which would be exact about nothing. */
const Q_MIN = 0.001;

/** Two digits, or `< 0.001`. */
export function qText(q: number, language: Language): string {
  const text = (value: number) => formatNumber(value, language, { maximumSignificantDigits: 2 });
  return q < Q_MIN ? `< ${text(Q_MIN)}` : text(q);
}

export const marginText = (margin: number, language: Language) => describeShare(margin)[language];

function verdictText(cell: ComparedCell, comparison: RunComparison, language: Language): string {
  const { verdict } = cell;
  const isFar = (verdict === 'slower' || verdict === 'faster') && isBeyondMargin(cell, comparison);
  if (!isFar) return sentences.model.comparison[verdict][language];
  const key = verdict === 'slower' ? 'slowerBeyond' : 'fasterBeyond';
  return fill(words[key], language, { margin: marginText(comparison.margin, language) });
}
