import { type ClosedLoad, createRandom, type Random } from '@escala/model';
import type { Connection } from '../http/connection.ts';
import type { Span } from '../measure/measurement.ts';
import { Caller, type CallerListener } from './caller.ts';
import type { LoadContext, Loop, Stage } from './context.ts';

type Rhythm = Pick<ClosedLoad, 'messages' | 'thinkTimeUs' | 'thinkDistribution'>;

/** Each client sends its next message when the one before is over, after thinking. */
export class ClosedLoop implements Loop {
  active: number;
  readonly spans: (Span | undefined)[] = [];
  readonly #clients: readonly ClosedClient[];
  readonly #over = Promise.withResolvers<void>();

  constructor(context: LoadContext, stage: Stage, connections: readonly Connection[], rhythm: Rhythm) {
    const finished = (span: Span | undefined) => {
      this.spans.push(span);
      if (--this.active === 0) this.#over.resolve();
    };
    this.#clients = connections.map(
      (connection) => new ClosedClient(context, stage, connection, rhythm, finished),
    );
    this.active = this.#clients.length;
    if (this.active === 0) this.#over.resolve();
  }

  run(): Promise<void> {
    for (const client of this.#clients) client.next();
    return this.#over.promise;
  }

  stop(): void {
    for (const client of this.#clients) client.stop();
  }

  giveUp(): void {
    for (const client of this.#clients) client.giveUp();
  }
}

class ClosedClient implements CallerListener {
  readonly #caller: Caller;
  readonly #rhythm: Rhythm;
  readonly #context: LoadContext;
  readonly #random: Random | undefined;
  readonly #finished: (span: Span | undefined) => void;
  #sentMessages = 0;
  #state: 'running' | 'stopping' | 'finished' = 'running';

  constructor(
    context: LoadContext,
    stage: Stage,
    connection: Connection,
    rhythm: Rhythm,
    finished: (span: Span | undefined) => void,
  ) {
    this.#caller = new Caller(context, stage, connection, this);
    this.#context = context;
    this.#rhythm = rhythm;
    this.#finished = finished;
    const isRandom = rhythm.thinkTimeUs > 0 && rhythm.thinkDistribution === 'exponential';
    const name = `${context.plan.seed}/think time of ${connection.client}`;
    this.#random = isRandom ? createRandom(name) : undefined;
  }

  next(): void {
    if (this.#state === 'running') this.#caller.call(++this.#sentMessages, undefined);
  }

  /** Sends no further message; a request in flight is still answered. */
  stop(): void {
    if (this.#state !== 'running') return;
    this.#state = 'stopping';
    if (!this.#caller.isCalling) this.#finish();
  }

  giveUp(): void {
    this.#caller.stop();
  }

  onFree(): void {
    const { messages, thinkTimeUs } = this.#rhythm;
    if (this.#sentMessages === messages || this.#state !== 'running') this.#finish();
    else if (thinkTimeUs === 0) this.next();
    else {
      const thinkUs = this.#random ? this.#random.exponential(thinkTimeUs) : thinkTimeUs;
      this.#context.timer.after(thinkUs, () => this.next());
    }
  }

  #finish(): void {
    this.#state = 'finished';
    this.#finished(this.#caller.span);
  }
}
