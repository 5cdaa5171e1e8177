import { type Audit, isOpenLoop, result } from '../audit.ts';

/** Every planned request has a row, and every client has its number of messages. */
export const plannedWork: Audit = (facts) => {
  const { counts, clients, record } = facts;
  const values = { planned: counts.planned, requests: counts.requests };
  if (counts.requests !== counts.planned) return result('planned-work', 'fail', 'differs', values);
  const { cell } = record;
  const uneven =
    !isOpenLoop(facts) &&
    (clients.seen !== cell.clients ||
      clients.requestsMin !== cell.messages ||
      clients.requestsMax !== cell.messages);
  if (!uneven) return result('planned-work', 'pass', 'holds', values);
  return result('planned-work', 'fail', 'uneven', {
    ...values,
    fewest: clients.requestsMin,
    most: clients.requestsMax,
  });
};
