import { createRandom, type Random } from '@escala/model';

/** A request as it truly happened, µs from the start. Real numbers: rows round them down, as clocks do. */
export interface SimulatedRequest {
  readonly client: number;
  readonly message: number;
  readonly replica: number;
  readonly intendedUs: number | null;
  readonly sentUs: number;
  readonly queueUs: number;
  readonly serviceUs: number;
  readonly doneUs: number;
}

/** A queueing system whose truth is in textbooks. Each replica serves first come, first served. */
export interface QueueModel {
  readonly seed: string;
  readonly replicas: number;
  /** Requests that a replica serves at once. */
  readonly parallelism: number;
  readonly serviceUs: number;
  readonly serviceDistribution: 'exponential' | 'fixed';
  readonly load: ClosedQueue | OpenQueue;
  /** Time in which a slow client is busy itself after each answer, beyond its think time. */
  readonly clientBusyUs?: number;
}

export interface ClosedQueue {
  readonly kind: 'closed';
  readonly clients: number;
  readonly messages: number;
  readonly thinkUs: number;
  readonly thinkDistribution: 'exponential' | 'fixed';
}

/** Poisson arrivals, spread over the replicas at random. */
export interface OpenQueue {
  readonly kind: 'open';
  readonly ratePerSecond: number;
  readonly requests: number;
}

/**
 * A discrete-event simulation. Requests are taken in the order in which they arrive, so that each replica's queue is
 * only the instants at which its servers become free.
 */
export function simulateQueue(model: QueueModel): SimulatedRequest[] {
  const random = createRandom(model.seed);
  const servers = Array.from({ length: model.replicas }, () => new Float64Array(model.parallelism));
  const serve = (arrival: Arrival, replica: number): SimulatedRequest => {
    const free = servers[replica] as Float64Array;
    let first = 0;
    for (let i = 1; i < free.length; i++) if ((free[i] ?? 0) < (free[first] ?? 0)) first = i;
    const startUs = Math.max(arrival.atUs, free[first] ?? 0);
    const serviceUs = drawTime(random, model.serviceUs, model.serviceDistribution);
    free[first] = startUs + serviceUs;
    const { client, message, atUs, intendedUs } = arrival;
    const queueUs = startUs - atUs;
    return {
      client,
      message,
      replica,
      intendedUs,
      sentUs: atUs,
      queueUs,
      serviceUs,
      doneUs: startUs + serviceUs,
    };
  };
  return model.load.kind === 'closed'
    ? closedLoop(model, model.load, random, serve)
    : openLoop(model, model.load, random, serve);
}

interface Arrival {
  readonly client: number;
  readonly message: number;
  readonly atUs: number;
  readonly intendedUs: number | null;
}

type Serve = (arrival: Arrival, replica: number) => SimulatedRequest;

function closedLoop(model: QueueModel, load: ClosedQueue, random: Random, serve: Serve): SimulatedRequest[] {
  const requests: SimulatedRequest[] = [];
  const waiting = new ArrivalHeap();
  const pause = () => drawTime(random, load.thinkUs, load.thinkDistribution) + (model.clientBusyUs ?? 0);
  for (let client = 1; client <= load.clients; client++) {
    waiting.push({ client, message: 1, atUs: load.thinkUs > 0 ? pause() : client, intendedUs: null });
  }
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    // A client keeps its connection, and so its replica.
    const request = serve(next, (next.client - 1) % model.replicas);
    requests.push(request);
    if (next.message < load.messages) {
      waiting.push({ ...next, message: next.message + 1, atUs: request.doneUs + pause() });
    }
  }
  return requests;
}

function openLoop(model: QueueModel, load: OpenQueue, random: Random, serve: Serve): SimulatedRequest[] {
  const gapUs = 1e6 / load.ratePerSecond;
  let atUs = 0;
  return Array.from({ length: load.requests }, (_, i) => {
    atUs += random.exponential(gapUs);
    const arrival = { client: 1 + (i % 100), message: i + 1, atUs, intendedUs: atUs };
    return serve(arrival, random.integer(model.replicas));
  });
}

function drawTime(random: Random, meanUs: number, distribution: 'exponential' | 'fixed'): number {
  return distribution === 'fixed' ? meanUs : random.exponential(meanUs);
}

/** The next arrival first: a binary heap by time. */
class ArrivalHeap {
  readonly #items: Arrival[] = [];

  push(arrival: Arrival): void {
    const items = this.#items;
    let at = items.push(arrival) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((items[parent] as Arrival).atUs <= arrival.atUs) break;
      items[at] = items[parent] as Arrival;
      at = parent;
    }
    items[at] = arrival;
  }

  pop(): Arrival | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (!last || items.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && (items[child + 1] as Arrival).atUs < (items[child] as Arrival).atUs)
        child++;
      if ((items[child] as Arrival).atUs >= last.atUs) break;
      items[at] = items[child] as Arrival;
      at = child;
    }
    items[at] = last;
    return first;
  }
}
