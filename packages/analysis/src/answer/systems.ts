import {
  type AnswerPart,
  type CellResult,
  type ComparedCell,
  type Comparison,
  comparedLevels,
  describeNumber,
  describeShare,
  fillEach,
  isOpen,
  limitClause,
  type Sentence,
} from '@escala/model';
import {
  headlineCurve,
  heaviest,
  inBrackets,
  joined,
  listed,
  metricWord,
  nothing,
  part,
  placeOf,
  type Study,
  SYSTEMS_NAMED_MAX,
  words,
} from './study.ts';

/** Systems beside the first that a sentence names. */
const NAMED_MAX = SYSTEMS_NAMED_MAX - 1;

/** How two sides compare, b beside a. */
interface Compared {
  readonly name: string;
  readonly ratio: number;
  readonly ci95: readonly [number, number] | null;
  readonly verdict: ComparedCell['verdict'];
}

/** Which system does the most with the most replicas at the heaviest load, and how the others stand beside it. */
export function systemParts(study: Study): AnswerPart[] {
  const names = study.experiment.systems.map(({ name }) => name);
  const curves = names.map((name) => headlineCurve(study, name));
  const cell = curves.map(heaviest).find((one) => one !== undefined);
  if (names.length < 2 || !cell) return [];
  const metric = isOpen(cell.cell) ? 'p95' : 'throughput';
  const cells = names.flatMap((name, i) => {
    const its = curves[i]?.find((one) => isSamePlace(one, cell));
    const value = its && measuredAs(its, metric);
    return its && value ? [{ name, its, value }] : [];
  });
  if (cells.length === 0) return [];
  // Two sides keep the order in which the experiment lists them, as before and after do.
  const sign = metric === 'throughput' ? -1 : 1;
  const ordered = cells.length > 2 ? cells.toSorted((a, b) => sign * (a.value - b.value)) : cells;
  const [first, ...others] = ordered;
  if (!first) return [];
  const compared = others.flatMap(({ name, its }) => comparedWith(first.name, name, its, metric, study));
  const absent = names.filter((name) => !cells.some((one) => one.name === name));
  const sentence = joined(
    [
      compared.length > 0 ? sentenceOf(first, compared, metric, study) : uncompared(ordered, metric, study),
      absent.length > 0 && cells.length > 1 ? fillEach(words.absent, { names: absent.join(', ') }) : nothing,
      limitedOutside(ordered.map(({ its }) => its)),
    ],
    '; ',
  );
  const numbers = Object.fromEntries([
    ...cells.map(({ name, value }) => [name, value]),
    ...compared.map(({ name, ratio }) => [`${name}/${first.name}`, ratio]),
  ]);
  const interval = compared[0]?.ci95 ?? null;
  return [
    part({ kind: 'systems', sentence, numbers, interval, cells: cells.map(({ its }) => its.cell.key) }),
  ];
}

const isSamePlace = ({ cell: a }: CellResult, { cell: b }: CellResult) =>
  JSON.stringify(comparedLevels(a)) === JSON.stringify(comparedLevels(b));

const measuredAs = ({ throughput, p95Us }: CellResult, metric: Comparison['metric']) =>
  (metric === 'throughput' ? throughput : p95Us)?.value;

/** The study's own comparison at this place, turned so that `first` is what the other is set against. */
function comparedWith(
  first: string,
  name: string,
  at: CellResult,
  metric: Comparison['metric'],
  { comparisons }: Study,
): Compared[] {
  const levels = JSON.stringify(comparedLevels(at.cell));
  for (const { a, b, metric: of, cells } of comparisons) {
    if (of !== metric || !((a === first && b === name) || (a === name && b === first))) continue;
    const cell = cells.find(({ factors }) => JSON.stringify(factors) === levels);
    if (!cell || cell.ratio === null || cell.ci95 === null) return [];
    const { ratio, ci95, verdict } = cell;
    if (a === first) return [{ name, ratio, ci95, verdict }];
    const turned = { faster: 'slower', slower: 'faster' } as const;
    return [
      {
        name,
        ratio: 1 / ratio,
        ci95: [1 / ci95[1], 1 / ci95[0]],
        verdict: verdict === 'faster' || verdict === 'slower' ? turned[verdict] : verdict,
      },
    ];
  }
  return [];
}

type Measured = { readonly name: string; readonly its: CellResult; readonly value: number };

function sentenceOf(
  first: Measured,
  compared: readonly Compared[],
  metric: Comparison['metric'],
  study: Study,
): Sentence {
  const place = placeOf(first.its, study.experiment);
  const margin = describeShare(study.comparisons[0]?.margin ?? 0);
  const [only] = compared;
  if (compared.length === 1 && only)
    return fillEach(words.two[only.verdict], { ...textOf(only, metric), first: first.name, place, margin });
  const best = compared.every(({ verdict }) => verdict === 'slower') ? words.best : words.most;
  const shown = compared.slice(0, NAMED_MAX);
  const clauses = shown.map((one) => fillEach(words.beside[one.verdict], { ...textOf(one, metric), margin }));
  const more = compared.length - shown.length;
  return joined(
    [
      fillEach(best, { first: first.name, place, value: valueText(first.value, metric) }),
      ...clauses,
      more > 0 ? fillEach(words.moreSystems, { more }) : nothing,
    ],
    '; ',
  );
}

function textOf({ name, ratio, ci95 }: Compared, metric: Comparison['metric']) {
  return { name, of: metricWord(metric), ratio: describeNumber(ratio), interval: inBrackets(ci95) };
}

function valueText(value: number, metric: Comparison['metric']): Sentence {
  return metric === 'throughput'
    ? fillEach(words.perSecond, { value: describeNumber(value) })
    : fillEach(words.p95Value, { ms: describeNumber(value / 1_000) });
}

/** Numbers without a difference: measured once, or of one system only. */
function uncompared(all: readonly Measured[], metric: Comparison['metric'], { experiment }: Study): Sentence {
  const [first] = all;
  if (!first) return nothing;
  const values = all
    .slice(0, NAMED_MAX + 1)
    .map(({ name, value }) => fillEach(words.did, { name, value: valueText(value, metric) }));
  const isOnce = all.every(({ its }) => its.rounds === 1);
  const said = all.length === 1 ? words.alone : isOnce ? words.once : words.uncompared;
  return fillEach(said, { place: placeOf(first.its, experiment), values: listed(values) });
}

/** A number that the machine, the generator or the clients made tells little of the systems. */
function limitedOutside(cells: readonly CellResult[]): Sentence {
  const outside = ['neighbours', 'machine', 'generator', 'generator-disk', 'clients', 'rate'];
  const found = cells.find(({ limit }) => limit && outside.includes(limit.what));
  const clause = found && limitClause(found);
  return clause && found?.limit?.what !== 'rate' ? fillEach(words.there, { limit: clause }) : nothing;
}
