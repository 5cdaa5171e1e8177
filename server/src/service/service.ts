/** A request that waits for the simulated service. `served` is called once, with the times that the ledger records. */
export interface ServiceWaiter {
  served(queueUs: number, serviceUs: number): void;
}

/** Simulated work in front of the ledger: first come, first served, by `parallelism` servers. */
export interface Service {
  request(waiter: ServiceWaiter): void;
  /** Requests that wait or are served. */
  readonly occupancy: number;
  close(): void;
}

/** No simulated work: each request is served as it comes. */
export const noService: Service = { request: (waiter) => waiter.served(0, 0), occupancy: 0, close() {} };
