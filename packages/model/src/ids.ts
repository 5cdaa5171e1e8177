/** What an id may look like: request ids, runs, replicas. Anything else is answered with 400. */
export const idPattern = /^[A-Za-z0-9._:-]{1,128}$/;

/** The `cell` of warm-up requests, in rows and in ledgers. They are never measured and never unexpected. */
export const warmupCell = 'warmup';

/** Where a trial stands in the study: what its requests' ids begin with, and what the ledger calls it. */
export interface TrialIdentity {
  readonly run: string;
  readonly cell: string;
  readonly planIndex: number;
  readonly round: number;
  readonly attempt: number;
}

/** `<run>.<plan index>.<round>.<attempt>`; the client appends `.<client>.<message>`. */
export function requestIdPrefix({ run, planIndex, round, attempt }: TrialIdentity): string {
  return `${run}.${planIndex}.${round}.${attempt}`;
}

/** `<cell>/<round>.<attempt>`: a repeated attempt never looks like a double. */
export function ledgerCell({ cell, round, attempt }: TrialIdentity): string {
  return `${cell}/${round}.${attempt}`;
}
