import { createRandom, type Random } from '@escala/model';
import { Connection, type ConnectionOwner } from '../http/connection.ts';
import { type Failure, stopped, timedOut } from '../http/failure.ts';
import type { Replica } from '../http/replica-name.ts';
import type { RequestTarget } from '../http/request-target.ts';
import { RequestText } from '../http/request-text.ts';
import type { Span } from '../measure/measurement.ts';
import { type RowStart, rowStart } from '../rows/row-writer.ts';
import type { LoadContext } from './context.ts';
import type { Waiting } from './deadlines.ts';
import type { Stage } from './stage.ts';

/** What a caller tells whoever makes it call. */
export interface CallerListener {
  /** The request is over and its row is written. The caller may call again at once. */
  onFree(caller: Caller): void;
  /** An opening that was asked for with `open` has ended, well or not. */
  onOpened(caller: Caller): void;
}

/**
 * One client of the system: one connection at a time, and one request in flight. Each `call` makes exactly one row,
 * whatever becomes of it. After a failure the next call opens a new connection; nothing is sent twice.
 */
export class Caller implements ConnectionOwner, Waiting {
  readonly number: number;
  listener: CallerListener;
  deadlineUs = 0;
  before: Waiting | undefined;
  after: Waiting | undefined;
  readonly #context: LoadContext;
  readonly #random: Random;
  #connection: Connection | undefined;
  #stage: Stage | undefined;
  #texts = new Map<RequestTarget, RequestText>();
  #rowStart: RowStart | undefined;
  #replica: Replica | undefined;
  /** The message of the call in hand; 0 when there is none. */
  #message = 0;
  #intendedUs: number | undefined;
  #sentUs: number | undefined;
  #begunUs = 0;
  #connects = 0;
  #firstSentUs: number | undefined;
  #lastDoneUs = 0;

  constructor(context: LoadContext, number: number, listener: CallerListener) {
    this.#context = context;
    this.number = number;
    this.listener = listener;
    this.#random = createRandom(`${context.plan.seed}/connections of ${number}`);
  }

  get isOpen(): boolean {
    return this.#connection?.state === 'idle';
  }

  get isCalling(): boolean {
    return this.#message !== 0;
  }

  /** First send and last end of its calls in this stage; undefined when nothing was sent. */
  get span(): Span | undefined {
    return this.#firstSentUs === undefined
      ? undefined
      : { fromUs: this.#firstSentUs, toUs: this.#lastDoneUs };
  }

  /** The calls from now on belong to `stage`: its cell, its ids, its rows. */
  enter(stage: Stage): void {
    this.#stage = stage;
    this.#texts.clear();
    this.#firstSentUs = undefined;
    this.#rowStart = rowStart(stage.words, this.number);
    if (this.#connection) this.#textFor(this.#connection.target);
  }

  /** Opens the connection ahead of the first call. */
  open(): void {
    this.#begunUs = this.#context.clock.nowUs();
    this.#context.deadlines.add(this, this.#begunUs);
    this.#connect();
  }

  /** Sends message `message`, on a new connection where the old one is gone. `intendedUs` is the schedule's time. */
  call(message: number, intendedUs: number | undefined): void {
    this.#message = message;
    this.#intendedUs = intendedUs;
    this.#sentUs = undefined;
    this.#begunUs = this.#context.clock.nowUs();
    this.#context.deadlines.add(this, this.#begunUs);
    if (this.#connection?.state === 'idle') this.#send(this.#connection, this.#begunUs);
    else this.#connect();
  }

  /** Gives up what is in flight, and writes its row. */
  stop(): void {
    if (this.isCalling) this.#fail(stopped);
    this.#connection?.close();
  }

  /** Closes the connection, whose caller must be free. */
  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  onOpen(connection: Connection): void {
    if (connection.target.lookup) this.#countAddress(connection.address ?? '?');
    if (this.isCalling) {
      // Without keep-alive the connection is part of every request, and so of its latency.
      this.#send(connection, this.#context.plan.keepAlive ? this.#context.clock.nowUs() : this.#begunUs);
      return;
    }
    this.#context.deadlines.remove(this);
    this.listener.onOpened(this);
  }

  onAnswer(connection: Connection): void {
    const doneUs = this.#context.clock.nowUs();
    this.#context.deadlines.remove(this);
    const stage = this.#stage as Stage;
    const { parser } = connection;
    const { status } = parser.head;
    const replica = stage.recorder.replicas.find(parser.body, parser.bodyFrom, parser.bodyTo, this.#replica);
    this.#replica = replica;
    if (connection.state === 'closed') this.#connection = undefined;
    else if (!this.#context.plan.keepAlive) this.close();
    const outcome = status >= 200 && status < 300 ? 'answered' : 'rejected';
    this.#record(doneUs, status, outcome, replica, parser.bodyBytes, undefined);
  }

  onClose(_connection: Connection, failure: Failure | undefined): void {
    this.#connection = undefined;
    if (this.isCalling) this.#fail(failure as Failure);
    else if (failure) this.#openingFailed(failure);
    else this.#context.onIdleClose?.(this);
  }

  onDeadline(): void {
    this.#connection?.close();
    this.#connection = undefined;
    if (this.isCalling) this.#end(timedOut);
    else this.listener.onOpened(this);
  }

  #countAddress(address: string): void {
    const { addresses } = this.#context;
    addresses.set(address, (addresses.get(address) ?? 0) + 1);
  }

  #connect(): void {
    const { targets, connections } = this.#context;
    const byAddress = targets[
      targets.length > 1 ? this.#random.integer(targets.length) : 0
    ] as readonly RequestTarget[];
    // By the numbers of the clients, so that each address gets its part also of few connections.
    const at = byAddress.length > 1 ? (this.number + this.#connects++) % byAddress.length : 0;
    this.#connection = new Connection(byAddress[at] as RequestTarget, connections, this);
  }

  #send(connection: Connection, sentUs: number): void {
    const stage = this.#stage as Stage;
    const text = this.#textFor(connection.target);
    connection.parser.reset();
    this.#sentUs = sentUs;
    this.#firstSentUs ??= sentUs;
    stage.recorder.sending(sentUs, this.#intendedUs);
    connection.send(text.of(this.#message), text.rest);
  }

  /** Put together when the stage is entered, so that a first request is sent as fast as any other. */
  #textFor(target: RequestTarget): RequestText {
    let text = this.#texts.get(target);
    if (text === undefined) {
      text = new RequestText(target, this.#context.plan, (this.#stage as Stage).words, this.number);
      this.#texts.set(target, text);
    }
    return text;
  }

  #fail(failure: Failure): void {
    this.#context.deadlines.remove(this);
    this.#end(failure);
  }

  #end({ outcome, code }: Failure): void {
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
    const { recorder } = this.#stage as Stage;
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
    this.#message = 0;
    this.#lastDoneUs = doneUs;
    recorder.record(this.#rowStart as RowStart, replica, code);
    this.listener.onFree(this);
  }

  #openingFailed({ code }: Failure): void {
    this.#context.deadlines.remove(this);
    this.#context.connectErrors.set(code, (this.#context.connectErrors.get(code) ?? 0) + 1);
    this.listener.onOpened(this);
  }
}
