import {
  type AnswerPart,
  type CellResult,
  describeDurationUs,
  describeShare,
  type Estimate,
  fillEach,
  inEachLanguage,
  isOfCurve,
  loadLevel,
  type Sentence,
  type Slo,
  type SloVerdict,
} from '@escala/model';
import { beforeFirst } from '../study/groups.ts';
import { percentileNames, sloLimit } from '../study/slo-verdict.ts';
import {
  headlineCurve,
  inBrackets,
  joined,
  limitsOfEstimate,
  loadOfCell,
  nothing,
  part,
  type Study,
  SYSTEMS_NAMED_MAX,
  words,
} from './study.ts';

/** How many replicas of each system are enough for the largest load; of one system also what fewer of them serve. */
export function serviceLevelParts(study: Study): AnswerPart[] {
  const { slo, systems } = study.experiment;
  const found = systems.flatMap(({ name }) => ofCurve(headlineCurve(study, name), name, study));
  const [first] = found;
  if (slo.length === 0 || !first) return [];
  const intro = fillEach(words.levelIntro, { load: loadOfCell(first.cell), levels: listOf(slo) });
  const clauses = joined(namedClauses(found), '; ');
  const sentence = inEachLanguage((language) => `${intro[language]}${clauses[language]}`);
  const numbers = Object.assign(
    { load: loadLevel(first.cell.cell) },
    ...found.map(({ cell, measured }) => {
      const name = systems.length > 1 ? `${cell.cell.system}/` : '';
      return {
        [`${name}replicas`]: cell.cell.replicas,
        ...(measured && { [`${name}value`]: measured.value }),
      };
    }),
  );
  const interval = first.measured?.interval ?? null;
  return [part({ kind: 'slo', sentence, numbers, interval, cells: found.map(({ cell }) => cell.cell.key) })];
}

/** Of more systems than a sentence can name those that need the fewest replicas, and how many others there are. */
function namedClauses(found: ReturnType<typeof ofCurve>): Sentence[] {
  if (found.length <= SYSTEMS_NAMED_MAX) return found.map(({ clause }) => clause);
  const best = found.toSorted(
    (a, b) => Number(b.isEnough) - Number(a.isEnough) || a.cell.cell.replicas - b.cell.cell.replicas,
  );
  const named = best.slice(0, SYSTEMS_NAMED_MAX).map(({ clause }) => clause);
  return [...named, fillEach(words.moreSystems, { more: found.length - named.length })];
}

function ofCurve(curve: readonly CellResult[], system: string, study: Study) {
  if (curve.length === 0) return [];
  const load = Math.max(...curve.map(({ cell }) => loadLevel(cell)));
  const row = curve
    .filter(({ cell }) => loadLevel(cell) === load)
    .sort((a, b) => a.cell.replicas - b.cell.replicas);
  const verdictOf = (cell: CellResult) => verdictOfAll(cell, study);
  const { slo, systems } = study.experiment;
  const [kind, at] = decided(
    row.map(verdictOf),
    row.map((one) => isWithin(one, slo)),
  );
  const cell = row[at] ?? row.at(-1);
  if (!cell) return [];
  const measured = measuredBy(cell, slo);
  const { replicas } = cell.cell;
  const fewer = curve.filter((one) => one.cell.replicas < replicas || kind === 'notEnough');
  const isToldOfFewer = systems.length === 1 && (kind === 'enough' || kind === 'notEnough');
  const clause = fillEach(words[kind], {
    system: systems.length > 1 ? fillEach(words.ofSystem, { system }) : nothing,
    replicas,
    rounds: cell.rounds,
    measured: measured ? fillEach(words.measured, measured.words) : nothing,
    served: isToldOfFewer ? servedBy(fewer, verdictOf) : nothing,
  });
  return [{ clause, cell, measured, isEnough: kind === 'enough' }];
}

/** Of all levels together: one that is violated is enough. Older cells hold none, and their capacities do. */
function verdictOfAll({ cell, sloVerdicts }: CellResult, { capacities }: Study): SloVerdict {
  const verdicts =
    sloVerdicts ??
    capacities
      .filter((capacity) => isOfCurve(capacity, cell))
      .flatMap(({ decisions }) =>
        decisions.filter((one) => one.replicas === cell.replicas && one.clients === cell.clients),
      )
      .map(({ verdict }) => verdict);
  const order = ['violated', 'not-assessable', 'undecided', 'met'] as const;
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'not-assessable';
}

/** What a row over replicas says, and which of its cells. */
function decided(verdicts: readonly SloVerdict[], areWithin: readonly boolean[]) {
  const met = verdicts.indexOf('met');
  if (met >= 0) return ['enough', met] as const;
  const undecided = verdicts.lastIndexOf('undecided');
  // The fewest replicas that measured within the level are those that more rounds may show to be enough.
  const within = verdicts.findIndex((verdict, i) => verdict === 'undecided' && areWithin[i]);
  if (undecided >= 0) return ['undecidedLevel', within >= 0 ? within : undecided] as const;
  if (verdicts.every((verdict) => verdict === 'violated')) return ['notEnough', verdicts.length - 1] as const;
  return ['unknownLevel', verdicts.length - 1] as const;
}

function isWithin(cell: CellResult, slos: readonly Slo[]): boolean {
  return slos.every((slo) => {
    const value = estimateOf(cell, slo)?.value;
    return value !== undefined && value <= sloLimit(slo);
  });
}

/** The first percentile that a level is about, as it was measured. */
function measuredBy(cell: CellResult, slos: readonly Slo[]) {
  for (const [i, slo] of slos.entries()) {
    if (slo.percentile === null && slos.length > 1) continue;
    const estimate = estimateOf(cell, slo);
    if (!estimate) continue;
    const name = nameOf(slo);
    const describe = name === null ? describeShare : describeDurationUs;
    const interval = limitsOfEstimate(estimate);
    const of = name === null ? words.failures : inEachLanguage(() => name);
    const values = { of, value: describe(estimate.value), interval: inBrackets(interval, describe) };
    const side = sideText(interval, sloLimit(slo), cell.sloVerdicts?.[i], describe);
    return { words: { ...values, side }, value: estimate.value, interval };
  }
  return null;
}

/** A verdict asks for one side at 95 %, and may know it where the interval, which has two, holds the limit. */
function sideText(
  interval: readonly [number, number] | null,
  limit: number,
  verdict: SloVerdict | undefined,
  describe: (value: number) => Sentence,
): Sentence {
  if (!interval || interval[0] > limit || interval[1] <= limit) return nothing;
  const key = verdict === 'met' ? 'surelyWithin' : verdict === 'violated' ? 'surelyAbove' : null;
  return key ? fillEach(words[key], { limit: describe(limit) }) : nothing;
}

const nameOf = ({ percentile }: Slo) => percentileNames[percentile as keyof typeof percentileNames] ?? null;

/** What a level is about, as the cell measured it. */
function estimateOf(cell: CellResult, slo: Slo): Estimate | null {
  const name = nameOf(slo);
  return (name === null ? cell.failureShare : cell[`${name}Us`]) ?? null;
}

/** `p95 ≤ 50 ms and failures ≤ 1 %`. */
function listOf(slos: readonly Slo[]): Sentence {
  const each = slos.map((slo) =>
    slo.percentile === null
      ? fillEach(words.failuresWithin, { share: describeShare(sloLimit(slo)) })
      : fillEach(words.within, { of: nameOf(slo) ?? '', limit: describeDurationUs(sloLimit(slo)) }),
  );
  return joined(each, ', ');
}

/** What fewer replicas serve, with all smaller loads, where more of them serve more: `1 replica serves 20 clients`. */
function servedBy(curve: readonly CellResult[], verdictOf: (cell: CellResult) => SloVerdict): Sentence {
  const columns = [...Map.groupBy(curve, ({ cell }) => cell.replicas).entries()].sort(([a], [b]) => a - b);
  let most = 0;
  const served = columns.flatMap(([replicas, cells]) => {
    const loads = cells.toSorted((a, b) => loadLevel(a.cell) - loadLevel(b.cell));
    const { last } = beforeFirst(loads, (cell) => verdictOf(cell) !== 'met');
    if (!last || loadLevel(last.cell) <= most) return [];
    most = loadLevel(last.cell);
    return [fillEach(words.serves, { replicas, load: loadOfCell(last) })];
  });
  if (served.length === 0) return nothing;
  return inEachLanguage((language) => `; ${joined(served.slice(-SERVED_MAX), ', ')[language]}`);
}

/** Numbers of replicas that the sentence names beside the answer. */
const SERVED_MAX = 4;
