import type { AgentHealth, Outcome } from '@escala/model';
import type { Span } from '../load/caller.ts';
import type { Trial } from '../load/trial.ts';
import type { CountPages } from './exact-counts.ts';
import type { Instants } from './instants.ts';

/** All that one thread measured, as plain data that another thread can take over. Exact: nothing is averaged. */
export interface Measurement {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly codes: ReadonlyMap<string, number>;
  readonly replicas: readonly { readonly name: string; readonly answered: number }[];
  readonly latency: CountPages;
  readonly service: CountPages;
  readonly sendLag: CountPages;
  readonly answeredAt: Pick<Instants, 'chunks' | 'count'>;
  readonly sentAt: Pick<Instants, 'chunks' | 'count'>;
  readonly firstSentUs: number | undefined;
  readonly lastDoneUs: number | undefined;
  readonly spans: readonly (Span | undefined)[];
  readonly health: AgentHealth;
}

export function measurementOf({ measured, spans }: Trial, health: AgentHealth): Measurement {
  const { outcomes, codes, latency, service, sendLag, answeredAt, sentAt, firstSentUs, lastDoneUs } =
    measured;
  return {
    outcomes,
    codes,
    replicas: measured.replicas.all.map(({ name, answered }) => ({ name, answered })),
    latency: latency.pages,
    service: service.pages,
    sendLag: sendLag.pages,
    answeredAt: { chunks: answeredAt.chunks, count: answeredAt.count },
    sentAt: { chunks: sentAt.chunks, count: sentAt.count },
    firstSentUs,
    lastDoneUs,
    spans,
    health,
  };
}
