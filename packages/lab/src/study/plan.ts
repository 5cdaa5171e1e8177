import {
  type Block,
  type BlockName,
  type Cell,
  createRandom,
  type Experiment,
  formatDurationUs,
  formatSizeBytes,
  type PlannedTrial,
} from '@escala/model';

/** All combinations of the factors, in the order in which the experiment lists them. */
export function cellsOf(experiment: Experiment): Cell[] {
  let cells: Omit<Cell, 'key'>[] = [{} as Omit<Cell, 'key'>];
  const cross = <K extends keyof Cell>(factor: K, levels: readonly Cell[K][]) => {
    cells = cells.flatMap((cell) => levels.map((level) => ({ ...cell, [factor]: level })));
  };
  cross(
    'system',
    experiment.systems.map((system) => system.name),
  );
  cross('replicas', experiment.replicas);
  cross('clients', experiment.clients);
  cross('messages', experiment.messages);
  cross('ratePerSecond', experiment.rate);
  cross('arrivals', experiment.arrivals);
  cross('durationUs', experiment.durationUs);
  cross('payloadBytes', experiment.payloadBytes);
  cross('thinkTimeUs', experiment.thinkTimeUs);
  cross('keepAlive', experiment.keepAlive);
  const { storage, clientsPerPod } = experiment.kubernetes;
  if (storage.length > 1) cross('storage', storage);
  if (clientsPerPod.length > 1) cross('clientsPerPod', clientsPerPod);
  const { thinkDistribution, timeoutUs, maxConnections } = experiment;
  return cells.map((cell) => {
    const full = { ...cell, thinkDistribution, timeoutUs, maxConnections };
    return { key: cellKey(full, experiment), ...full };
  });
}

/** `<system>-r<replicas>-c<clients>-m<messages>`, and the other factors where they vary. */
function cellKey(cell: Omit<Cell, 'key'>, experiment: Experiment): string {
  const parts = [cell.system, `r${cell.replicas}`, `c${cell.clients}`, `m${cell.messages}`];
  if (cell.ratePerSecond !== null) parts.push(`rate${cell.ratePerSecond}`);
  if (experiment.arrivals.length > 1) parts.push(cell.arrivals);
  if (experiment.durationUs.length > 1) parts.push(`for${formatDurationUs(cell.durationUs)}`);
  if (experiment.payloadBytes.length > 1) parts.push(`payload${formatSizeBytes(cell.payloadBytes)}`);
  if (experiment.thinkTimeUs.length > 1) parts.push(`think${formatDurationUs(cell.thinkTimeUs)}`);
  if (experiment.keepAlive.length > 1) parts.push(cell.keepAlive ? 'keepalive' : 'reconnect');
  if (cell.storage !== undefined) parts.push(cell.storage);
  if (cell.clientsPerPod !== undefined) parts.push(`perpod${cell.clientsPerPod}`);
  return parts.join('-');
}

/**
 * The order of a study, from its seed alone: randomised complete blocks. In each round the replica levels are
 * shuffled; inside a level the blocks of all systems and kinds of storage are adjacent, in random order, so that they
 * meet the same machine; inside a block the cells are shuffled. (Abedi & Brecht, ICPE 2017: interleaved trials.)
 */
export function planStudy(experiment: Experiment): Block[] {
  const cells = cellsOf(experiment);
  const { storage } = experiment.kubernetes;
  const servers = experiment.systems.flatMap(({ name: system }) =>
    storage.length > 1 ? storage.map((level) => ({ system, storage: level })) : [{ system }],
  );
  let planIndex = 0;
  const blocks: Block[] = [];
  for (let round = 1; round <= experiment.rounds; round++) {
    const random = createRandom(`${experiment.seed}/round ${round}`);
    for (const replicas of random.shuffled(experiment.replicas)) {
      for (const deployed of random.shuffled(servers)) {
        const name: BlockName = { round, replicas, ...deployed };
        const inBlock = cells.filter(
          (cell) =>
            cell.replicas === replicas && cell.system === name.system && cell.storage === name.storage,
        );
        const trials: PlannedTrial[] = random
          .shuffled(inBlock)
          .map((cell) => ({ planIndex: planIndex++, round, cell }));
        blocks.push({ ...name, trials });
      }
    }
  }
  return blocks;
}

/** Requests that a trial of the cell has to make: clients × messages. An open loop's schedule decides its own. */
export function plannedRequests(cell: Cell): number | null {
  return cell.ratePerSecond === null ? cell.clients * cell.messages : null;
}
