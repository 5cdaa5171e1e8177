import { ledgerStates, outcomes } from '@escala/model';
import { type Audit, result } from '../audit.ts';

/** The rows on disk are those that were counted while joining: none was lost or added since. */
export const conservation: Audit = ({ counts, record }) => {
  const differs =
    counts.requests !== record.counts.requests ||
    outcomes.some((name) => counts.outcomes[name] !== record.counts.outcomes[name]) ||
    ledgerStates.some((name) => counts.ledger[name] !== record.counts.ledger[name]);
  const values = { rows: counts.requests, counted: record.counts.requests };
  return differs
    ? result('conservation', 'fail', 'differs', values)
    : result('conservation', 'pass', 'holds', values);
};
