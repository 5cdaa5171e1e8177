import type { Sentence } from '@escala/model';

/** Something that does not agree. `where` is a file of the run, with the place inside where there is one. */
export interface VerifyProblem {
  readonly code:
    | 'RUN_UNREADABLE'
    | 'RESULTS_MISSING'
    | 'NUMBER_CHANGED'
    | 'ROWS_CHANGED'
    | 'LEDGER_OPEN'
    | 'LEDGER_CHANGED'
    | 'PLAN_CHANGED'
    | 'EVENTS_CHANGED'
    | 'REPORT_CHANGED'
    | 'CHECKSUMS_MISSING'
    | 'FILE_MISSING'
    | 'FILE_CHANGED'
    | 'FILE_UNLISTED';
  readonly where: string;
  readonly message: Sentence;
}

/** More of one kind in one file would not help anybody. */
export const problemsPerFileMax = 20;
