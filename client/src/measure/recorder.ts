import { type Outcome, outcomes, type ReplicaPlace, record } from '@escala/model';
import { type Replica, ReplicaNames } from '../http/replica-name.ts';
import type { SentKind } from '../http/request-kinds.ts';
import type { RequestEnd, RowStart, RowWriter } from '../rows/row-writer.ts';
import { ExactCounts } from './exact-counts.ts';
import { CountsInTime, FirstInstants } from './instants.ts';

/** What became of the requests of one kind; latencies are of the answered ones. */
interface KindCounts {
  readonly outcomes: Record<Outcome, number>;
  readonly latency: ExactCounts;
}

/** Keeps every request of one stage: a row on disk, and counts for the summary. */
export class Recorder {
  readonly outcomes: Record<Outcome, number>;
  /** Of answered requests: done − intended where there is a schedule, else done − sent; and done − sent. */
  readonly latency = new ExactCounts();
  readonly service = new ExactCounts();
  /** Sent − intended, of every request with a schedule that was written. */
  readonly sendLag = new ExactCounts();
  /** Of a closed loop. */
  readonly answeredAt = new CountsInTime();
  /** Of a schedule. */
  readonly sentAt = new FirstInstants();
  readonly replicas: ReplicaNames;
  /** By kind of request; empty where there are none. */
  readonly kinds = new Map<SentKind, KindCounts>();
  /** Answers by status; the index is the status. */
  readonly statuses = new Float64Array(1_000);
  /** Failures by the system's code. */
  readonly codes = new Map<string, number>();
  sent = 0;
  /** Rows, whatever became of the requests. */
  ended = 0;
  firstSentUs: number | undefined;
  lastSentUs: number | undefined;
  lastDoneUs: number | undefined;
  /** Filled in by the caller for `record`; one object for all, so that nothing is allocated per request. */
  readonly row: RequestEnd = {
    message: 0,
    intendedUs: undefined,
    sentUs: undefined,
    doneUs: 0,
    latencyUs: undefined,
    status: undefined,
    outcome: 'unsent',
    replicaCell: undefined,
    bytes: 0,
    kind: undefined,
  };
  readonly #writer: RowWriter;

  constructor(writer: RowWriter, replicaFrom?: ReplicaPlace) {
    this.#writer = writer;
    this.replicas = new ReplicaNames(replicaFrom);
    this.outcomes = record(outcomes, () => 0);
  }

  /** A request is about to be written. */
  sending(sentUs: number, intendedUs: number | undefined): void {
    this.sent++;
    this.firstSentUs ??= sentUs;
    this.lastSentUs = sentUs;
    if (intendedUs === undefined) return;
    this.sendLag.add(sentUs - intendedUs);
    this.sentAt.add(sentUs);
  }

  /** The request in `row` is over. */
  record(start: RowStart, replica: Replica | undefined, code: string | undefined): void {
    const { row } = this;
    this.#writer.write(start, row);
    this.ended++;
    this.outcomes[row.outcome]++;
    if (row.status !== undefined) this.statuses[row.status] = (this.statuses[row.status] as number) + 1;
    if (replica) replica.answered++;
    if (row.kind?.cell !== undefined) this.#countKind(row.kind);
    if (code !== undefined) this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
    if (row.sentUs === undefined) return;
    this.lastDoneUs = row.doneUs;
    if (row.outcome !== 'answered') return;
    this.latency.add(row.latencyUs as number);
    if (row.intendedUs === undefined) this.answeredAt.add(row.doneUs);
    else this.service.add(row.doneUs - row.sentUs);
  }

  #countKind(kind: SentKind): void {
    let counts = this.kinds.get(kind);
    if (counts === undefined) {
      counts = { outcomes: record(outcomes, () => 0), latency: new ExactCounts() };
      this.kinds.set(kind, counts);
    }
    counts.outcomes[this.row.outcome]++;
    if (this.row.outcome === 'answered') counts.latency.add(this.row.latencyUs as number);
  }

  /** All rows so far go to the file. */
  flush(): void {
    this.#writer.flush();
  }

  get failed(): number {
    return this.ended - this.outcomes.answered;
  }
}
