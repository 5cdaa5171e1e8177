import type { Cell, Experiment } from '@escala/model';

/** A cell with everything that is not named left plain. */
export function simulatedCell(
  factors: Partial<Cell> & Pick<Cell, 'replicas' | 'clients' | 'messages'>,
): Cell {
  const system = factors.system ?? 'node';
  return {
    key: `${system}-r${factors.replicas}-c${factors.clients}-m${factors.messages}`,
    system,
    ratePerSecond: null,
    arrivals: 'poisson',
    durationUs: 10_000_000,
    maxConnections: 10_000,
    payloadBytes: 0,
    thinkTimeUs: 0,
    thinkDistribution: 'exponential',
    keepAlive: true,
    timeoutUs: 10_000_000,
    ...factors,
  };
}

/** An experiment that holds these cells; `parallelism` is what a replica serves at once. */
export function simulatedExperiment(cells: readonly Cell[], changes: Partial<Experiment> = {}): Experiment {
  const levels = <T>(of: (cell: Cell) => T) => [...new Set(cells.map(of))];
  return {
    name: 'simulated',
    systems: levels(({ system }) => system).map((name) => ({ name, ledger: 'api' })),
    replicas: levels(({ replicas }) => replicas),
    clients: levels(({ clients }) => clients),
    messages: levels(({ messages }) => messages),
    rate: levels(({ ratePerSecond }) => ratePerSecond),
    arrivals: ['poisson'],
    durationUs: [10_000_000],
    payloadBytes: [0],
    thinkTimeUs: levels(({ thinkTimeUs }) => thinkTimeUs),
    thinkDistribution: 'exponential',
    keepAlive: [true],
    timeoutUs: 10_000_000,
    maxConnections: 10_000,
    service: { timeUs: 10_000, parallelism: 1, kind: 'wait' },
    durability: 'sync',
    commitDelayUs: 0,
    warmupMessages: 0,
    agents: 1,
    rounds: 1,
    seed: 1,
    slo: [],
    faults: [],
    kubernetes: {
      storage: ['shared'],
      storageClass: null,
      accessMode: null,
      resources: { cpu: null, memory: null },
      clientsPerPod: [10],
      images: 'none',
      imagesCommand: null,
      registry: null,
    },
    ...changes,
  };
}
