import type { AgentHealth, Outcome } from '@escala/model';
import type { CountPages } from './exact-counts.ts';
import type { FirstInstants, TimeBuckets } from './instants.ts';
import type { Recorder } from './recorder.ts';

/** First send and last end of one client, µs since the epoch. */
export interface Span {
  readonly fromUs: number;
  readonly toUs: number;
}

/** All that one thread measured, as plain data that another thread can take over. Exact: nothing is averaged. */
export interface Measurement {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Answers; the index is the status. */
  readonly statuses: Float64Array;
  /** Connections by address, of names that have several. */
  readonly addresses: ReadonlyMap<string, number>;
  readonly codes: ReadonlyMap<string, number>;
  readonly replicas: readonly { readonly name: string; readonly answered: number }[];
  /** In no order. */
  readonly kinds: readonly {
    readonly name: string;
    readonly outcomes: Readonly<Record<Outcome, number>>;
    readonly latency: CountPages;
  }[];
  readonly latency: CountPages;
  readonly service: CountPages;
  readonly sendLag: CountPages;
  readonly answeredAt: TimeBuckets;
  readonly sent: number;
  readonly sentAt: Pick<FirstInstants, 'chunks' | 'count'>;
  readonly firstSentUs: number | undefined;
  readonly lastSentUs: number | undefined;
  readonly lastDoneUs: number | undefined;
  readonly spans: readonly (Span | undefined)[];
  readonly health: AgentHealth;
}

/** What a trial has when it is over. */
type Measured = Pick<Measurement, 'spans' | 'addresses'> & { readonly measured: Recorder };

export function measurementOf({ measured, spans, addresses }: Measured, health: AgentHealth): Measurement {
  const { outcomes, codes, latency, service, sendLag, sent, firstSentUs, lastSentUs, lastDoneUs } = measured;
  const { fromUs, widthUs, counts } = measured.answeredAt;
  const { chunks, count } = measured.sentAt;
  return {
    outcomes,
    statuses: measured.statuses,
    addresses,
    codes,
    replicas: measured.replicas.all.map(({ name, answered }) => ({ name, answered })),
    kinds: [...measured.kinds].map(([{ name }, counts]) => ({
      name,
      outcomes: counts.outcomes,
      latency: counts.latency.pages,
    })),
    latency: latency.pages,
    service: service.pages,
    sendLag: sendLag.pages,
    answeredAt: { fromUs, widthUs, counts },
    sent,
    sentAt: { chunks, count },
    firstSentUs,
    lastSentUs,
    lastDoneUs,
    spans,
    health,
  };
}
