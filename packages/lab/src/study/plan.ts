import { isDeepStrictEqual } from 'node:util';
import {
  type Block,
  cellsOf,
  createRandom,
  type Experiment,
  type PlannedTrial,
  serversOf,
  serversOfCell,
} from '@escala/model';

/**
 * The order of a study, from its seed alone: randomised complete blocks. In each round the replica levels are
 * shuffled; inside a level the blocks of all systems and kinds of storage are adjacent, in random order, so that they
 * meet the same machine; inside a block the cells are shuffled. (Abedi & Brecht, ICPE 2017: interleaved trials.)
 */
export function planStudy(experiment: Experiment): Block[] {
  const cells = cellsOf(experiment);
  let planIndex = 0;
  const blocks: Block[] = [];
  for (let round = 1; round <= experiment.rounds; round++) {
    const random = createRandom(`${experiment.seed}/round ${round}`);
    for (const replicas of random.shuffled(experiment.replicas)) {
      for (const servers of random.shuffled(serversOf(experiment, replicas))) {
        const inBlock = cells.filter((cell) => isDeepStrictEqual(serversOfCell(cell), servers));
        const trials: PlannedTrial[] = random
          .shuffled(inBlock)
          .map((cell) => ({ planIndex: planIndex++, round, cell }));
        blocks.push({ round, ...servers, trials });
      }
    }
  }
  return blocks;
}
