import { fillEach, type Sentence, sentences } from '@escala/model';
import { problemsPerFileMax, type VerifyProblem } from './problem.ts';

const verifyWords = sentences.analysis.verify;

/** Every place at which two JSON values differ, to the last digit; `found` is on disk, `computed` from the raw rows. */
export function compareValues(found: unknown, computed: unknown, where: string): readonly VerifyProblem[] {
  const problems: VerifyProblem[] = [];
  compare(found, computed, '');
  return problems;

  function compare(a: unknown, b: unknown, path: string): void {
    if (problems.length >= problemsPerFileMax || Object.is(a, b)) return;
    if (isObject(a) && isObject(b) && Array.isArray(a) === Array.isArray(b)) {
      const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
      for (const key of keys)
        compare(a[key], b[key], Array.isArray(a) ? `${path}[${key}]` : `${path}.${key}`);
      return;
    }
    const message = fillEach(verifyWords.number, { found: short(a), computed: short(b) });
    problems.push({
      code: 'NUMBER_CHANGED',
      where: `${where}:${path.replace(/^\./, '') || '(all)'}`,
      message,
    });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function short(value: unknown): string | Sentence {
  return value === undefined ? verifyWords.nothing : JSON.stringify(value).slice(0, 80);
}
