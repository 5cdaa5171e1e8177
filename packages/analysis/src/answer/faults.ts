import { type AnswerPart, describeShare, failedRequests, fillEach, type Sentence } from '@escala/model';
import { listed, part, type Study, words } from './study.ts';

/** What users saw of the faults, and whether an answered request was lost. */
export function faultParts({ experiment, totals, cells }: Study): AnswerPart[] {
  if (experiment.faults.length === 0 || totals.requests === 0) return [];
  const failed = failedRequests(totals);
  const kinds = [...new Set(experiment.faults.map(({ kind }) => kind))];
  const sentence = fillEach(failed === 0 ? words.faultsUnseen : words.faults, {
    kinds: listed(kinds.map((kind) => words.faultKinds[kind])),
    failed,
    requests: totals.requests,
    share: describeShare(failed / totals.requests),
    lost: lostText(totals),
  });
  const numbers = { failed, requests: totals.requests, missing: totals.ledger.missing };
  return [part({ kind: 'faults', sentence, numbers, cells: cells.map(({ cell }) => cell.key) })];
}

function lostText({ ledger, ledgerCloses }: Study['totals']): Sentence {
  if (ledgerCloses === null) return words.lostUnknown;
  return ledger.missing > 0 ? fillEach(words.lost, { missing: ledger.missing }) : words.lostNone;
}
