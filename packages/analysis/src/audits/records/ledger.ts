import { type Audit, result } from '../audit.ts';

/** Client record and durable ledger agree request by request: nothing lost, doubled or out of nowhere. */
export const ledger: Audit = ({ counts }, { system }) => {
  const { recorded, missing, duplicated, unexpected } = counts.ledger;
  if (system?.ledger === 'none') return result('ledger', 'not-assessable', 'none');
  if (counts.outcomes.answered + duplicated + unexpected + recorded === 0)
    return result('ledger', 'not-assessable', 'empty');
  const values = { recorded, missing, duplicated, unexpected };
  if (missing > 0) return result('ledger', 'fail', 'lost', values);
  if (duplicated > 0) return result('ledger', 'fail', 'duplicated', values);
  if (unexpected > 0) return result('ledger', 'fail', 'unexpected', values);
  return result('ledger', 'pass', 'closes', values);
};
