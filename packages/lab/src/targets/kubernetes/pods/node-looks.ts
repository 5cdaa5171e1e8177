import { type Clock, machineId, TICK_US, type Witness, witnessIn } from '@escala/model';
import type { Sample } from '../../contract/target.ts';

/** A server or an agent that tells at `/metrics` what it and its node used. */
export interface WitnessPod {
  readonly name: string;
  readonly node: string;
  readonly metrics: () => Promise<string>;
}

interface Told {
  readonly pod: WitnessPod;
  readonly witness: Witness;
  /** In the middle of the call, which took twice `withinUs`. */
  readonly atUs: number;
  readonly withinUs: number;
}

/** Processor time of a pod in all lives of its container; stays when the pod is gone. */
interface Used {
  readonly machine: string;
  readonly endedUs: number;
  readonly livingUs: number;
}

/**
 * Looks at the nodes that carry a block. A container sees the processors of its whole machine, so that its servers and
 * agents tell of it, at the very moment. Nodes that share a machine, as those of kind do, share its load. A trial waits
 * for its slowest node: where one is not known, nothing is said of the others.
 */
export class NodeLooks {
  readonly #clock: Clock;
  readonly #used = new Map<string, Used>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async look(pods: readonly WitnessPod[]): Promise<Sample['machines']> {
    const told = (await Promise.all(pods.map((pod) => this.#ask(pod)))).filter((one) => one !== undefined);
    if (told.length < pods.length) return [];
    const nodes = new Map(told.map((one) => [one.pod.node, told.find((other) => seesNodeOf(other, one))]));
    for (const { pod, witness } of told) {
      const machine = nodes.get(pod.node)?.witness.machine?.id;
      if (machine === undefined) return [];
      this.#count(pod.name, machine, witness.cpuUs);
    }
    const machines = Map.groupBy(nodes, ([, seen]) => seen?.witness.machine?.id);
    return [...machines.values()].flatMap((same) => this.#machine(same));
  }

  /** `nodes` are one machine, each with a pod that sees it. */
  #machine(nodes: [string, Told | undefined][]): Sample['machines'] {
    const [node, ...alsoNodes] = nodes.map(([name]) => name).sort();
    const seen = nodes[0]?.[1];
    if (!seen?.witness.machine || node === undefined) return [];
    const { id, cores, ...processors } = seen.witness.machine;
    const { atUs, withinUs } = seen;
    const look = { atUs, withinUs, ...processors, ...this.#ours(id), waitedUs: null };
    return [{ node, ...(alsoNodes.length > 0 && { alsoNodes }), cores, stepUs: TICK_US, look }];
  }

  async #ask(pod: WitnessPod): Promise<Told | undefined> {
    const askedUs = this.#clock.nowUs();
    const witness = witnessIn(await pod.metrics().catch(() => ''));
    const withinUs = Math.round((this.#clock.nowUs() - askedUs) / 2);
    return witness && { pod, witness, atUs: askedUs + withinUs, withinUs };
  }

  /** A counter that fell is that of a new container. */
  #count(pod: string, machine: string, cpuUs: number): void {
    const { endedUs, livingUs } = this.#used.get(pod) ?? { endedUs: 0, livingUs: 0 };
    this.#used.set(pod, {
      machine,
      endedUs: cpuUs < livingUs ? endedUs + livingUs : endedUs,
      livingUs: cpuUs,
    });
  }

  #ours(machine: string): { loadUs: number; labUs: number } {
    const used = [...this.#used.values()].filter((one) => one.machine === machine);
    const { user, system } = process.cpuUsage();
    return {
      loadUs: used.reduce((sum, { endedUs, livingUs }) => sum + endedUs + livingUs, 0),
      labUs: machineId() === machine ? user + system : 0,
    };
  }
}

function seesNodeOf({ pod, witness }: Told, other: Told): boolean {
  return pod.node === other.pod.node && witness.machine !== undefined;
}
