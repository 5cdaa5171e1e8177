import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { openAnalysis } from '../src/index.ts';
import { rowsOf } from './oracle/planted-rows.ts';
import { simulateQueue } from './oracle/queue-simulator.ts';
import { simulatedCell, simulatedExperiment } from './oracle/simulated-experiment.ts';
import { writeSimulatedRun } from './oracle/simulated-run.ts';

const serviceUs = 1_000;
const noise = 0.03;

test('twenty studies as whole run folders: intervals cover the true throughput of saturated replicas', async (t) => {
  const folder = temporaryFolder(t);
  await using analysis = await openAnalysis();
  const cells = [1, 2, 4].map((replicas) =>
    simulatedCell({ replicas, clients: 8 * replicas, messages: 100 }),
  );
  let [hits, all] = [0, 0];
  for (let study = 0; study < 20; study++) {
    const random = createRandom(`folders ${study}`);
    const trials = [1, 2, 3, 4, 5].flatMap((round) =>
      cells.map((cell) => {
        const load = {
          kind: 'closed',
          clients: cell.clients,
          messages: cell.messages,
          thinkUs: 0,
          thinkDistribution: 'fixed',
        } as const;
        const rows = rowsOf(
          simulateQueue({
            seed: `folders ${study} ${cell.key} ${round}`,
            replicas: cell.replicas,
            parallelism: 1,
            // Each deployment is a little quicker or slower as a whole.
            serviceUs: serviceUs * Math.exp(noise * random.normal()),
            serviceDistribution: 'fixed',
            load,
          }),
        );
        return { cell, round, rows, planned: rows.length };
      }),
    );
    const place = join(folder, String(study));
    await writeSimulatedRun(place, simulatedExperiment(cells, { rounds: 5 }), trials);
    const results = await analysis.analyzeRun(place);
    for (const { cell, throughput } of results.cells) {
      const truth = (cell.replicas * 1e6) / serviceUs;
      all++;
      if ((throughput?.ci95?.low ?? truth + 1) <= truth && truth <= (throughput?.ci95?.high ?? 0)) hits++;
    }
  }
  t.diagnostic(`${hits} of ${all} intervals cover`);
  // 95 % of 60 are 57; fewer than 52 would happen once in two hundred times.
  assert.equal(all, 60);
  assert.ok(hits >= 52, `${hits} of ${all}`);
});
