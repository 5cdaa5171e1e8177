import type { Deployment, Sample } from './target.ts';

/** A service that runs already, wherever that is: it is sent to, and nothing else of it is known. */
export class GivenDeployment implements Deployment {
  readonly replicas = [];
  readonly urls: readonly string[];
  readonly sampleLeadMs: number;
  readonly #sampleAgents: () => Promise<Sample['processes']>;

  constructor(
    url: string,
    world: { sampleLeadMs: number; sampleAgents: () => Promise<Sample['processes']> },
  ) {
    this.urls = [url];
    this.sampleLeadMs = world.sampleLeadMs;
    this.#sampleAgents = world.sampleAgents;
  }

  /** Nothing tells what it has in flight: a request that has timed out may reach it while the next cell runs. */
  async quiesce(): Promise<void> {}

  async *collectLedgers(): AsyncGenerator<never> {}

  /** Of its machine nothing is known; on a machine that is shared it would be taken for somebody else's program. */
  async sample(): Promise<Sample> {
    return { processes: await this.#sampleAgents(), machines: [] };
  }

  async throttled(): Promise<ReadonlyMap<string, null>> {
    return new Map();
  }

  async inject(): Promise<void> {
    throw new Error('the experiment lets no fault be done to what is not started here');
  }

  async incidents(): Promise<[]> {
    return [];
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
