import type { Results } from '@escala/model';

/** The first place where the results contradict themselves, as a hand that changed a number would make them; or null. */
export function contradictionIn(results: Results): string | null {
  const { totals, trials, cells } = results;
  const keys = new Set(cells.map(({ cell }) => cell.key));
  if (keys.size !== cells.length) return 'cells: a cell stands there twice';
  const stray = trials.find(({ cell }) => !keys.has(cell));
  if (stray) return `trials: ${stray.cell} is not among the cells`;
  if (trials.length !== totals.trialsMeasured) {
    return `totals.trialsMeasured is ${totals.trialsMeasured}, and there are ${trials.length} trials`;
  }
  const requests = trials.reduce((sum, { counts }) => sum + counts.requests, 0);
  if (requests !== totals.requests) {
    return `totals.requests is ${totals.requests}, and the trials have ${requests}`;
  }
  for (const verdict of ['VALID', 'SUSPECT', 'INVALID'] as const) {
    const count = trials.filter((trial) => trial.verdict === verdict).length;
    if (count !== totals.verdicts[verdict] && !countsCells(results)) {
      return `totals.verdicts.${verdict} is ${totals.verdicts[verdict]}, and ${count} trials have it`;
    }
  }
  return null;
}

/** Verdicts may be counted over cells instead of trials: then they add up to the cells. */
function countsCells({ totals, cells }: Results): boolean {
  const { VALID, SUSPECT, INVALID } = totals.verdicts;
  return VALID + SUSPECT + INVALID === cells.length;
}
