import {
  type AnswerPart,
  type CellResult,
  type Comparison,
  curveKey,
  curveOf,
  describeNumber,
  type Estimate,
  type Experiment,
  factorKeys,
  factors,
  fillEach,
  inEachLanguage,
  isHeld,
  isOpen,
  isVaried,
  type Language,
  loadLevel,
  type Results,
  type Sentence,
  sentences,
} from '@escala/model';

/** What an answer is made from: all results but the answer itself. */
export type Study = Omit<Results, 'answer'>;

/** Systems that a sentence names, or that have a sentence each; the table has all. */
export const SYSTEMS_NAMED_MAX = 5;

export const words = sentences.analysis.answer;
export const nothing: Sentence = inEachLanguage(() => '');

/**
 * The cells of a system on the curve that says most: that of the most messages, and of other factors that with the
 * first level of each.
 */
export function headlineCurve({ cells, experiment }: Study, system: string): readonly CellResult[] {
  const its = cells.filter(({ cell }) => cell.system === system);
  const messages = Math.max(...its.map(({ cell }) => cell.messages));
  const hasFirstLevels = ({ cell }: CellResult) =>
    factorKeys.every(
      (key) => !isHeld(key) || cell[key] === undefined || cell[key] === factors[key].levels(experiment)[0],
    );
  const curves = [...Map.groupBy(its, ({ cell }) => curveKey(curveOf(cell))).values()];
  return curves.find(([first]) => first && first.cell.messages === messages && hasFirstLevels(first)) ?? [];
}

/** The cell with the most replicas, of these at the heaviest load, and of these with the most messages, that measured something. */
export function heaviest(cells: readonly CellResult[]): CellResult | undefined {
  return cells
    .filter(({ throughput }) => throughput !== null)
    .toSorted(
      ({ cell: a }, { cell: b }) =>
        a.replicas - b.replicas || loadLevel(a) - loadLevel(b) || a.messages - b.messages,
    )
    .at(-1);
}

export const metricWord = (metric: Comparison['metric']): Sentence =>
  metric === 'throughput' ? words.throughput : inEachLanguage(() => metric);

/** In front of a sentence on one of several systems. */
export const ofSystem = (system: string, { systems }: Experiment): Sentence =>
  systems.length > 1 ? inEachLanguage(() => `${system}: `) : nothing;

/** `60 clients`, or `300 requests/s`. */
export function loadOfCell({ cell }: CellResult): Sentence {
  const { ratePerSecond, clients } = cell;
  return ratePerSecond === null
    ? fillEach(words.clients, { clients })
    : fillEach(words.rate, { rate: ratePerSecond });
}

/** `64 clients of 100 messages`: the messages where the study has several numbers of them. */
export function wholeLoadOf(of: CellResult, experiment: Experiment): Sentence {
  const isNamed = isVaried('messages', experiment) && !isOpen(of.cell);
  const each = isNamed ? fillEach(words.each, { messages: of.cell.messages }) : nothing;
  return joined([loadOfCell(of), each], '');
}

/** Where a number was measured: `8 replicas and 64 clients of 100 messages`. */
export const placeOf = (of: CellResult, experiment: Experiment): Sentence =>
  fillEach(words.place, { replicas: of.cell.replicas, load: wholeLoadOf(of, experiment) });

/** Both limits of an interval that has two. */
export function limitsOfEstimate(estimate: Estimate | null | undefined): readonly [number, number] | null {
  const { low = null, high = null } = estimate?.ci95 ?? {};
  return low === null || high === null ? null : [low, high];
}

/** Limits so far apart are no answer: from hardly anything to several times of it. */
const LIMITS_RATIO_MAX = 4;
export const tellsLittle = (interval: readonly [number, number] | null): boolean =>
  interval !== null && interval[1] > LIMITS_RATIO_MAX * interval[0];

/** ` [4.6; 4.9]`, or nothing where there is no interval. */
export function inBrackets(
  interval: readonly [number, number] | null,
  describe: (value: number) => Sentence = describeNumber,
): Sentence {
  if (!interval) return nothing;
  const [low, high] = interval.map(describe);
  return inEachLanguage((language) => ` [${low?.[language]}; ${high?.[language]}]`);
}

/** `a, b and c`. */
export function listed(items: readonly Sentence[]): Sentence {
  return inEachLanguage((language: Language) =>
    new Intl.ListFormat(language, { type: 'conjunction' }).format(items.map((item) => item[language])),
  );
}

/** Clauses of one sentence after each other. */
export function joined(clauses: readonly Sentence[], between: string): Sentence {
  return inEachLanguage((language) =>
    clauses
      .map((clause) => clause[language])
      .filter((clause) => clause !== '')
      .join(between),
  );
}

export const part = (of: Omit<AnswerPart, 'interval'> & Partial<AnswerPart>): AnswerPart => ({
  interval: null,
  ...of,
});
