import type { Answer, Connection, OpeningListener, SendListener } from '../http/connection.ts';
import { type Failure, stopped, timedOut } from '../http/failure.ts';
import type { Replica } from '../http/replica-name.ts';
import type { SentKind } from '../http/request-kinds.ts';
import type { Span } from '../measure/measurement.ts';
import { type RowStart, rowStart } from '../rows/row-writer.ts';
import type { LoadContext, Stage } from './context.ts';
import type { Waiting } from './deadlines.ts';

export interface CallerListener {
  /** The request is over and its row is written. The caller may call again at once. */
  onFree(caller: Caller): void;
}

/**
 * One client of the system in one stage: one connection, and one request in flight. Each `call` makes exactly one row,
 * whatever becomes of it. After a failure the next call opens the connection anew; nothing is sent twice.
 */
export class Caller implements OpeningListener, SendListener, Waiting {
  readonly connection: Connection;
  deadlineUs = 0;
  before: Waiting | undefined;
  after: Waiting | undefined;
  readonly #context: LoadContext;
  readonly #stage: Stage;
  readonly #listener: CallerListener;
  readonly #rowStart: RowStart;
  #replica: Replica | undefined;
  /** The message of the call in hand; 0 when there is none. */
  #message = 0;
  #kind: SentKind;
  #intendedUs: number | undefined;
  #sentUs: number | undefined;
  #begunUs = 0;
  #firstSentUs: number | undefined;
  #lastDoneUs = 0;

  constructor(context: LoadContext, stage: Stage, connection: Connection, listener: CallerListener) {
    this.#context = context;
    this.#stage = stage;
    this.#listener = listener;
    this.connection = connection;
    connection.use(stage.words);
    this.#kind = context.kindOf(stage.words, connection.client, 1);
    this.#rowStart = rowStart(stage.words, connection.client);
  }

  get isCalling(): boolean {
    return this.#message !== 0;
  }

  /** First send and last end of its calls; undefined when nothing was sent. */
  get span(): Span | undefined {
    return this.#firstSentUs === undefined
      ? undefined
      : { fromUs: this.#firstSentUs, toUs: this.#lastDoneUs };
  }

  /** Sends a message, over a new connection where the old one is gone. `intendedUs` is the schedule's time. */
  call(message: number, intendedUs: number | undefined): void {
    const { clock, deadlines } = this.#context;
    this.#message = message;
    this.#kind = this.#context.kindOf(this.#stage.words, this.connection.client, message);
    this.#intendedUs = intendedUs;
    this.#sentUs = undefined;
    this.#begunUs = clock.nowUs();
    deadlines.add(this, this.#begunUs);
    if (this.connection.state === 'idle') this.#send(this.#begunUs);
    else this.connection.open(this);
  }

  /** Closes the connection. A request in flight is given up, and its row written. */
  stop(): void {
    this.connection.close();
    if (this.isCalling) this.onClosed(stopped);
  }

  /** Without keep-alive the connection is part of every request, and so of its latency. */
  onOpened(): void {
    const { plan, clock } = this.#context;
    this.#send(plan.keepAlive ? clock.nowUs() : this.#begunUs);
  }

  onAnswered(answer: Answer): void {
    const doneUs = this.#context.clock.nowUs();
    this.#context.deadlines.remove(this);
    const { bodyBytes, status } = answer;
    const { replicas } = this.#stage.recorder;
    this.#replica = replicas.of(answer, this.#replica);
    const outcome = this.#kind.isAnswered[status] === 1 ? 'answered' : 'rejected';
    this.#record(doneUs, status, outcome, this.#replica, bodyBytes, undefined);
  }

  onClosed(failure: Failure): void {
    this.#context.deadlines.remove(this);
    this.#fail(failure);
  }

  onDeadline(): void {
    this.connection.close();
    this.#fail(timedOut);
  }

  #send(sentUs: number): void {
    this.#sentUs = sentUs;
    this.#firstSentUs ??= sentUs;
    this.#stage.recorder.sending(sentUs, this.#intendedUs);
    this.connection.send(this.#message, this);
  }

  #fail({ outcome, code }: Failure): void {
    this.#record(this.#context.clock.nowUs(), undefined, outcome, undefined, 0, code);
  }

  #record(
    doneUs: number,
    status: number | undefined,
    outcome: Failure['outcome'] | 'answered' | 'rejected',
    replica: Replica | undefined,
    bytes: number,
    code: string | undefined,
  ): void {
    const { recorder } = this.#stage;
    const fromUs = this.#intendedUs ?? this.#sentUs;
    const row = recorder.row;
    row.message = this.#message;
    row.intendedUs = this.#intendedUs;
    row.sentUs = this.#sentUs;
    row.doneUs = doneUs;
    row.latencyUs = fromUs === undefined ? undefined : doneUs - fromUs;
    row.status = status;
    row.outcome = outcome;
    row.replicaCell = replica?.cell;
    row.bytes = bytes;
    row.kind = this.#kind;
    this.#message = 0;
    this.#lastDoneUs = doneUs;
    recorder.record(this.#rowStart, replica, code);
    this.#listener.onFree(this);
  }
}
