import {
  type AnswerPart,
  type Cell,
  type CellResult,
  type Comparison,
  describeNumber,
  describeShare,
  type FactorKey,
  factorKeys,
  factors,
  fillEach,
  inEachLanguage,
  isHeld,
  isOpen,
  isVaried,
  nameOf,
  type Sentence,
} from '@escala/model';
import { comparablePairs } from '../compare/comparable-cells.ts';
import { compareCells } from '../compare/compare-cells.ts';
import { thresholds } from '../thresholds.ts';
import { heaviest, inBrackets, metricWord, ofSystem, part, placeOf, type Study, words } from './study.ts';

/** What every other level of every other factor does beside the first, with the most replicas at the heaviest load. */
export function factorParts(study: Study): AnswerPart[] {
  const { experiment } = study;
  const varied = factorKeys.filter((key) => isHeld(key) && isVaried(key, experiment));
  return experiment.systems.flatMap(({ name }) =>
    varied.flatMap((key) => {
      const [first, ...others] = factors[key].levels(experiment);
      if (first === undefined) return [];
      return others.flatMap((level) => levelPart(study, name, key, first, level));
    }),
  );
}

type Level = Cell[FactorKey];

function levelPart(study: Study, system: string, key: FactorKey, first: Level, other: Level): AnswerPart[] {
  // Cells of both levels, called by their level: what compares systems then compares these.
  const side = (level: Level, name: string) => ({
    system: name,
    trials: study.trials,
    cells: study.cells
      .filter(({ cell }) => cell.system === system && cell[key] === level)
      .map((of): CellResult => ({ ...of, cell: { ...of.cell, system: name, [key]: first } })),
  });
  const [a, b] = [side(first, 'first'), side(other, 'other')];
  const at = heaviest(a.cells);
  if (!at) return [];
  const metric: Comparison['metric'] = isOpen(at.cell) ? 'p95' : 'throughput';
  const pairs = comparablePairs(a, b, metric);
  const { cells } = compareCells(pairs, { metric, margin: thresholds.comparisonMargin, paired: true });
  const index = pairs.findIndex(({ a: one }) => one.cell === at.cell);
  const compared = cells[index];
  if (!compared || compared.ratio === null) return [];
  const { ratio, ci95, verdict } = compared;
  const sentence = fillEach(words.level[ci95 === null ? 'once' : verdict], {
    system: ofSystem(system, study.experiment),
    level: levelText(key, other),
    first: levelText(key, first),
    of: metricWord(metric),
    ratio: describeNumber(ratio),
    interval: inBrackets(ci95),
    place: placeOf(at, study.experiment),
    margin: describeShare(thresholds.comparisonMargin),
  });
  return [
    part({
      kind: 'factors',
      sentence,
      numbers: { ratio },
      interval: ci95 ? [...ci95] : null,
      cells: [at.cell.key],
    }),
  ];
}

function levelText(key: FactorKey, level: Level): Sentence {
  if (key === 'keepAlive') return level === true ? words.kept : words.reconnected;
  const name = nameOf(key, level).join('');
  return inEachLanguage(() => name);
}
