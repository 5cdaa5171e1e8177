import { fillEach, type Sentence } from '../../sentences/language.ts';
import { sentences } from '../../sentences/sentences.ts';
import { verdicts } from '../names.ts';
import type { Results } from '../results.ts';

const says = sentences.model.contradiction;

/** The first place where the results contradict themselves, as a hand that changed a number would make them; or null. */
export function contradictionIn({ totals, trials, cells }: Results): Sentence | null {
  const keys = new Set(cells.map(({ cell }) => cell.key));
  if (keys.size !== cells.length) return says.doubled;
  const stray = trials.find(({ cell }) => !keys.has(cell));
  if (stray) return fillEach(says.stray, { cell: stray.cell });
  const sums = [
    ['trialsMeasured', totals.trialsMeasured, trials.length],
    ['requests', totals.requests, trials.reduce((sum, { counts }) => sum + counts.requests, 0)],
    ...verdicts.map((verdict) => {
      const having = trials.filter((trial) => trial.verdict === verdict).length;
      return [`verdicts.${verdict}`, totals.verdicts[verdict], having] as const;
    }),
  ] as const;
  const wrong = sums.find(([, total, sum]) => total !== sum);
  if (!wrong) return null;
  const [name, total, sum] = wrong;
  return fillEach(says.sum, { name, total, sum });
}
