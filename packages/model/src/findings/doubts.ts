import { fill, type Language, type SentenceValues, sentences } from '../sentences/sentences.ts';
import type { Verdict } from '../study/names.ts';
import type { TrialResult } from '../study/results.ts';

const words = sentences.model.doubts;

type NamedTrial = Pick<TrialResult, 'cell' | 'round'>;

/** One reason why trials are not VALID: what it makes of a trial by itself, its trials, and the values of each. */
interface Doubt {
  readonly verdict: Exclude<Verdict, 'VALID'>;
  readonly finding: string;
  readonly values: readonly SentenceValues[];
  readonly trials: readonly NamedTrial[];
}

/** Every reason once: first what makes a trial INVALID, then the most frequent. */
export function doubtsOf(trials: readonly Pick<TrialResult, 'cell' | 'round' | 'audits'>[]): Doubt[] {
  const all = trials.flatMap((trial) =>
    trial.audits
      .filter(({ status }) => status === 'fail' || status === 'warn')
      .map((audit) => ({ trial, ...audit })),
  );
  const groups = Map.groupBy(all, ({ status, finding }) => `${status} ${finding}`);
  return [...groups.values()]
    .map((group) => ({
      verdict: group[0]?.status === 'fail' ? ('INVALID' as const) : ('SUSPECT' as const),
      finding: group[0]?.finding ?? '',
      values: group.map(({ values }) => values),
      trials: group.map(({ trial: { cell, round } }) => ({ cell, round })),
    }))
    .sort((a, b) => a.verdict.localeCompare(b.verdict) || b.trials.length - a.trials.length);
}

/** Trials by cell, with the rounds in brackets: `go-r1-c16-m50 (1–3, 5), …`; at most so many cells, those with the most first. */
export function trialsText(trials: readonly NamedTrial[], language: Language, cellsMax: number): string {
  const cells = [...Map.groupBy(trials, ({ cell }) => cell)].sort(([, a], [, b]) => b.length - a.length);
  const named = cells
    .slice(0, cellsMax)
    .map(([cell, its]) => `${cell} (${roundsText(its.map(({ round }) => round))})`)
    .join(', ');
  const count = cells.length - cellsMax;
  return count > 0 ? fill(words.more, language, { named, count }) : named;
}

/** Numbers in ascending order, those that follow each other as a range: `1–3, 5`. */
function roundsText(rounds: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const round of rounds.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.[1] === round - 1) last[1] = round;
    else ranges.push([round, round]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
