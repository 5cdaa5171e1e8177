import type { MachineLook, MachineRecord } from '@escala/model';
import type { Sample } from '../targets/contract/target.ts';

/** A trial's record begins so long before its start, where the block is that old, µs: counters go by steps of 10 ms. */
const BEFORE_START_US = 1_000_000;

/** Looks at the machines of one block. */
export class MachineLooks {
  readonly #machines = new Map<
    string | null,
    { machine: Omit<MachineRecord, 'looks'>; looks: MachineLook[] }
  >();

  add(machines: Sample['machines']): void {
    for (const { look, ...machine } of machines) {
      const known = this.#machines.get(machine.node);
      if (known) known.looks.push(look);
      else this.#machines.set(machine.node, { machine, looks: [look] });
    }
  }

  /** All looks from `fromUs` on, and one from a second before, or the block's first. Older ones are forgotten. */
  since(fromUs: number): MachineRecord[] {
    return [...this.#machines.values()].map(({ machine, looks }) => {
      const recent = looks.findIndex(({ atUs }) => atUs >= fromUs);
      const early = looks.findLastIndex(({ atUs }) => atUs <= fromUs - BEFORE_START_US);
      looks.splice(0, Math.max(0, early));
      const around = looks.filter(({ atUs }, i) => i === 0 || atUs >= fromUs);
      return { ...machine, looks: recent === -1 ? [] : around };
    });
  }
}
