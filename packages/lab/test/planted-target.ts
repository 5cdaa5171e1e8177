import { type Cell, type Experiment, systemClock } from '@escala/model';
import type {
  Agent,
  Deployment,
  DeployRequest,
  Target,
  TargetFacts,
} from '../src/targets/contract/target.ts';
import { LocalTarget } from '../src/targets/local/target.ts';

/** What to throw at the nth call, from 1, of each: undefined where the call is to do what it always does. */
export interface PlantedFailures {
  readonly deploy?: (call: number) => Error | undefined;
  readonly agents?: (call: number) => Error | undefined;
  readonly quiesce?: (call: number) => Error | undefined;
  /** Of a block's servers. */
  readonly remove?: (call: number) => Error | undefined;
  /** Of the target. */
  readonly end?: (call: number) => Error | undefined;
}

/** Real servers and agents on this machine, and failures that a test plants. */
export class PlantedTarget implements Target {
  readonly name = 'planted';
  readonly startLeadMs: number;
  readonly calls = { deploy: 0, agents: 0, quiesce: 0, remove: 0, end: 0 };
  readonly #real: LocalTarget;
  readonly #failures: PlantedFailures;

  constructor(folder: string, experiment: Experiment, failures: PlantedFailures) {
    this.#real = new LocalTarget({
      folder,
      experiment,
      clock: systemClock,
      signal: new AbortController().signal,
    });
    this.startLeadMs = this.#real.startLeadMs;
    this.#failures = failures;
  }

  prepare(): Promise<TargetFacts> {
    return this.#real.prepare();
  }

  async agents(cell: Cell): Promise<readonly Agent[]> {
    this.#fail('agents');
    return this.#real.agents(cell);
  }

  async deploy(request: DeployRequest): Promise<Deployment> {
    this.#fail('deploy');
    const deployment = await this.#real.deploy(request);
    const quiesce = deployment.quiesce.bind(deployment);
    deployment.quiesce = async (timeoutMs) => {
      this.#fail('quiesce');
      await quiesce(timeoutMs);
    };
    const remove = deployment[Symbol.asyncDispose].bind(deployment);
    deployment[Symbol.asyncDispose] = async () => {
      await remove();
      this.#fail('remove');
    };
    return deployment;
  }

  #fail(what: keyof PlantedFailures): void {
    this.calls[what]++;
    const failure = this.#failures[what]?.(this.calls[what]);
    if (failure) throw failure;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#real[Symbol.asyncDispose]();
    this.#fail('end');
  }
}
