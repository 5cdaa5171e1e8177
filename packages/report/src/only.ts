import {
  type Cell,
  type CellResult,
  didYouMean,
  EscalaError,
  type Experiment,
  type FactorKey,
  factorKeys,
  factors,
  fillEach,
  isOfCurve,
  isOpen,
  levelsOfCompared,
  nearestOf,
  type Results,
  sentences,
} from '@escala/model';

const words = sentences.report.only;

/** One level of one factor, as `messages=100` says it. */
interface Chosen {
  readonly key: FactorKey;
  readonly level: Cell[FactorKey];
}

/** What an experiment calls a factor: `rate`, `payload`. */
const nameOf = (key: FactorKey) => key.replace(/(PerSecond|Us|Bytes)$/, '');

/** A level as an experiment writes it: `100`, `4KiB`, `go`, `true`. */
const textOf = ({ key, level }: Chosen) =>
  typeof level === 'number' ? factors[key].name(level).replace(/^[a-z]+/, '') : String(level);

/** The levels of a factor that the cells have, in the order of the cells. */
export function levelsOf(key: FactorKey, { cells }: Results): Chosen[] {
  const levels = new Set(cells.map(({ cell }) => cell[key]));
  return [...levels].flatMap((level) => (level === undefined || level === null ? [] : [{ key, level }]));
}

/** The factor that an option names. @throws EscalaError OPTION_INVALID */
export function factorNamed(name: string, results: Results, option: string): FactorKey {
  const known = factorKeys.filter((key) => levelsOf(key, results).length > 0);
  const found = known.find((key) => nameOf(key) === name);
  if (found) return found;
  const names = known.map(nameOf);
  const allowed = fillEach(words.factor, {
    names: names.join(', '),
    nearest: didYouMean(nearestOf(name, names)),
  });
  throw new EscalaError('OPTION_INVALID', { option, value: name, allowed });
}

/**
 * The results of the cells that have one of the levels of each factor that is named, such as `messages=100`.
 * @throws EscalaError OPTION_INVALID, which says what there is.
 */
export function onlyOf(given: readonly string[], results: Results): Results {
  const chosen = given.map((text): Chosen => {
    const [name = '', wanted = ''] = text.split(/=(.*)/s);
    const key = factorNamed(name, results, '--only');
    const all = levelsOf(key, results);
    const found = all.find((one) => textOf(one) === wanted);
    if (found) return found;
    const allowed = fillEach(words.level, { factor: name, levels: all.map(textOf).join(', ') });
    throw new EscalaError('OPTION_INVALID', { option: '--only', value: text, allowed });
  });
  const byFactor = [...Map.groupBy(chosen, ({ key }) => key).values()];
  return byFactor.reduce((narrowed, levels) => withLevels(levels, narrowed), results);
}

/** The results of the cells with these levels of one factor, as if the study had no others; nothing is computed anew. */
export function withLevels(chosen: readonly Chosen[], results: Results): Results {
  const [first] = chosen;
  if (!first) return results;
  const levels = chosen.map(({ level }) => level);
  const cells = results.cells.filter(({ cell }) => levels.includes(cell[first.key]));
  if (cells.length === results.cells.length) return results;
  const keys = new Set(cells.map(({ cell }) => cell.key));
  const isKept = ({ cell }: { readonly cell: string }) => keys.has(cell);
  const narrowed = {
    ...results,
    experiment: withLevelsOf(first.key, levels, results.experiment),
    cells,
    trials: results.trials.filter(isKept),
    exclusions: results.exclusions.filter(isKept),
    missingTrials: results.missingTrials.filter(isKept),
    comparisons: comparisonsOf(cells, results),
  };
  return { ...narrowed, ...curvesOf(first.key, cells, results) };
}

/** Where experiments list the levels of a factor that has another name in cells. */
const lists: { readonly [Key in FactorKey]?: keyof Experiment } = {
  system: 'systems',
  ratePerSecond: 'rate',
};

function withLevelsOf(
  key: FactorKey,
  levels: readonly Cell[FactorKey][],
  experiment: Experiment,
): Experiment {
  const has = (level: unknown) =>
    levels.includes((key === 'system' ? (level as { name: string }).name : level) as Cell[FactorKey]);
  const name = lists[key] ?? key;
  const { kubernetes } = experiment;
  const from = { ...kubernetes, ...experiment }[name as keyof Experiment] as readonly unknown[];
  const kept = { [name]: from.filter(has) };
  return { ...experiment, ...(name in experiment ? kept : { kubernetes: { ...kubernetes, ...kept } }) };
}

/**
 * What was judged over a whole curve stays where the curve is whole. Of a part of it only what is told for each number
 * of replicas or clients stays: a law, a knee or a capacity of other points would say more than is drawn.
 */
function curvesOf(key: FactorKey, cells: readonly CellResult[], results: Results) {
  const isOfCells = (one: Parameters<typeof isOfCurve>[0]) => cells.some(({ cell }) => isOfCurve(one, cell));
  const has = (of: 'replicas' | 'clients', value: number | null) =>
    key !== of || cells.some(({ cell }) => cell[of] === value);
  const replicasKept = ({ replicas }: { readonly replicas: number }) => has('replicas', replicas);
  const isWhole = key !== 'clients';
  const of = {
    laws: results.laws.filter(isOfCells),
    speedups: results.speedups.filter(isOfCells),
    capacities: isWhole ? results.capacities.filter(isOfCells) : [],
    knees: isWhole ? results.knees.filter(isOfCells).filter(replicasKept) : [],
    queues: (results.queues ?? []).filter(isOfCells).filter(replicasKept),
    asymptotes: isWhole ? results.asymptotes.filter(isOfCells).filter(replicasKept) : [],
  };
  return {
    ...of,
    laws: of.laws.filter(({ held: { what, value } }) =>
      key === 'replicas' || key === 'clients' ? what === key && has(key, value) : true,
    ),
    speedups: of.speedups
      .filter(({ clients }) => has('clients', clients))
      .map((one) => ({ ...one, points: one.points.filter(replicasKept) })),
    capacities: of.capacities.map((one) => ({
      ...one,
      decisions: one.decisions.filter(replicasKept),
      capacity: one.capacity.filter(replicasKept),
      demand: key === 'replicas' ? [] : one.demand,
    })),
  };
}

/** Of pairs whose two systems stay, the cells that stay; the mean over all cells is that of no part. */
function comparisonsOf(cells: readonly CellResult[], { comparisons }: Results): Results['comparisons'] {
  const has = (system: string) => cells.some(({ cell }) => cell.system === system);
  return comparisons
    .filter(({ a, b }) => has(a) && has(b))
    .map((one) => {
      const kept = one.cells.filter(({ replicas, clients, messages, factors: others }) => {
        const levels = Object.entries(levelsOfCompared({ ...others, replicas, clients, messages }));
        return cells.some(({ cell }) =>
          levels.every(
            ([key, level]) =>
              (factors[key as FactorKey].isOpenOnly && !isOpen(cell)) || cell[key as FactorKey] === level,
          ),
        );
      });
      return { ...one, cells: kept, overall: kept.length === one.cells.length ? one.overall : null };
    })
    .filter((one) => one.cells.length > 0);
}
