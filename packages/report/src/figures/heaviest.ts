import type { CellResult, Results, TrialResult } from '@escala/model';
import { largest, levels } from './cells.ts';

/** The heaviest load of the study, one cell a number of replicas: where distributions say most. */
export interface Heaviest {
  readonly clients: number;
  readonly messages: number;
  readonly rounds: number;
  readonly cells: readonly CellResult[];
}

/** Cells of the first system at the largest numbers of clients and messages that pass `has`; null without any. */
export function heaviestLoad(results: Results, has: (cell: CellResult) => boolean): Heaviest | null {
  const system = results.experiment.systems[0]?.name;
  const suitable = results.cells.filter((cell) => cell.cell.system === system && has(cell));
  if (suitable.length === 0) return null;
  const messages = largest(suitable.map(({ cell }) => cell.messages));
  const clients = largest(
    suitable.filter(({ cell }) => cell.messages === messages).map(({ cell }) => cell.clients),
  );
  const at = suitable.filter(({ cell }) => cell.messages === messages && cell.clients === clients);
  const replicas = levels(at.map(({ cell }) => cell.replicas));
  const cells = replicas.flatMap((level) => at.filter(({ cell }) => cell.replicas === level).slice(0, 1));
  return { clients, messages, rounds: results.experiment.rounds, cells };
}

export function trialsOf(results: Results, { cell }: CellResult): TrialResult[] {
  return results.trials.filter((trial) => trial.cell === cell.key);
}
