import type { AgentHealth, Outcome } from '@escala/model';
import type { Span } from '../load/caller.ts';
import type { Trial } from '../load/trial.ts';
import type { CountPages } from './exact-counts.ts';
import type { FirstInstants, TimeBuckets } from './instants.ts';

/** All that one thread measured, as plain data that another thread can take over. Exact: nothing is averaged. */
export interface Measurement {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Answers; the index is the status. */
  readonly statuses: Float64Array;
  /** Connections by address, of names that have several. */
  readonly addresses: ReadonlyMap<string, number>;
  readonly codes: ReadonlyMap<string, number>;
  readonly replicas: readonly { readonly name: string; readonly answered: number }[];
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

export function measurementOf({ measured, spans, addresses }: Trial, health: AgentHealth): Measurement {
  const { outcomes, codes, latency, service, sendLag, sent, firstSentUs, lastSentUs, lastDoneUs } = measured;
  const { fromUs, widthUs, counts } = measured.answeredAt;
  const { chunks, count } = measured.sentAt;
  return {
    outcomes,
    statuses: measured.statuses,
    addresses,
    codes,
    replicas: measured.replicas.all.map(({ name, answered }) => ({ name, answered })),
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
