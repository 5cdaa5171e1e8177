import { formatNumber, type Language } from '../sentences/sentences.ts';
import type { StatusCodes } from '../study/results.ts';
import type { TrialCounts } from '../study/trial-record.ts';

/** Requests that were not answered with a 2xx, whatever became of them. */
export function failedRequests({ requests, outcomes }: Pick<TrialCounts, 'requests' | 'outcomes'>): number {
  return requests - outcomes.answered;
}

/**
 * What became of the failed requests, the most frequent first: `503 ×120, timeout ×3`. The names are the codes and
 * outcomes of the rows, and so the same in every language; without codes, as in older results, it says `rejected`.
 */
export function failureKinds({ outcomes }: Pick<TrialCounts, 'outcomes'>, codes: StatusCodes = {}): string {
  const { answered: _, rejected, ...others } = outcomes;
  const refusing = Object.entries(codes).filter(([code]) => !isSuccess(Number(code)));
  const uncoded = rejected - refusing.reduce((sum, [, n]) => sum + n, 0);
  return [...refusing, ['rejected', uncoded] as const, ...Object.entries(others)]
    .filter(([, n]) => n > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([name, n]) => `${name} ×${n}`)
    .join(', ');
}

/** The same with the numbers as the language writes them; results hold the text without. */
export function kindsText(kinds: string, language: Language): string {
  return kinds.replaceAll(/(?<=×)\d+/g, (count) => formatNumber(Number(count), language));
}

const isSuccess = (status: number) => status >= 200 && status < 300;
