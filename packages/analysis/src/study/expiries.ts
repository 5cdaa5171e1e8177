import type { Experiment, Results } from '@escala/model';
import { thresholds } from '../thresholds.ts';
import type { StatusFacts, TrialFacts } from '../trial-facts.ts';

/** Answers that refuse the credentials of a request. */
const refusingStatuses = [401, 403] as const;

type Expiries = Pick<Results, 'expiries'>;
type Answers = StatusFacts & Pick<TrialFacts, 'record'>;

/**
 * Where a system took requests, and from one instant on answered every one with 401, or with 403. Where it did so from
 * the start, or now and then, nothing has expired.
 */
export function expiriesOf(facts: readonly TrialFacts[], { systems }: Experiment): Expiries {
  const expiries = systems.flatMap(({ name }) => {
    const answers = facts
      .filter(({ record }) => record.cell.system === name)
      .flatMap(({ record, statuses }) => statuses.map((one) => ({ record, ...one })));
    return refusingStatuses.flatMap((status) => {
      const expiry = expiryIn(answers, status);
      return expiry ? [{ system: name, status, ...expiry }] : [];
    });
  });
  return expiries.length > 0 ? { expiries } : {};
}

function expiryIn(answers: readonly Answers[], status: number) {
  const isRefusal = (one: Answers) => one.isRejected && one.status === status;
  const refusals = answers.filter(isRefusal).sort((a, b) => a.firstDoneUs - b.firstDoneUs);
  const others = answers.filter((one) => !isRefusal(one));
  const [first] = refusals;
  const count = refusals.reduce((sum, { n }) => sum + n, 0);
  if (!first || count < thresholds.expiryAnswersMin) return undefined;
  const isTakenBefore = others.some((one) => !one.isRejected && one.firstDoneUs < first.firstDoneUs);
  // What was under way when it happened may end a moment later, and the agents' clocks differ a little.
  const lastSentUs = Math.max(...others.map((one) => one.lastSentUs));
  if (!isTakenBefore || lastSentUs > first.firstDoneUs + thresholds.expirySkewUsMax) return undefined;
  const { cell, round, startAtUs } = first.record;
  return { cell: cell.key, round, afterUs: Math.max(0, first.firstDoneUs - startAtUs), answers: count };
}
