import { ledgerStates, outcomes, type TrialCounts } from '@escala/model';
import type { PlantedRow } from './planted-rows.ts';

/** The counts that the lab's join would have made of these rows. */
export function countPlanted(planned: number, rows: readonly PlantedRow[]): TrialCounts {
  const client = rows.filter((row) => row.ledger !== 'unexpected');
  const count = <K extends string>(names: readonly K[], of: (name: K) => number) =>
    Object.fromEntries(names.map((name) => [name, of(name)])) as Record<K, number>;
  return {
    planned,
    requests: client.length,
    outcomes: count(outcomes, (name) => client.filter((row) => row.outcome === name).length),
    ledger: count(ledgerStates, (name) => rows.filter((row) => row.ledger === name).length),
  };
}
