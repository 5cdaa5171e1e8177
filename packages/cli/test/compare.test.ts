import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { rowsOf } from '../../analysis/test/oracle/planted-rows.ts';
import { simulateQueue } from '../../analysis/test/oracle/queue-simulator.ts';
import { simulatedCell, simulatedExperiment } from '../../analysis/test/oracle/simulated-experiment.ts';
import { writeSimulatedRun } from '../../analysis/test/oracle/simulated-run.ts';
import { comparedCellName } from '../src/commands/compared-cell-name.ts';
import { runCommandLine } from '../src/main.ts';
import { plantedWorld } from './planted-world.ts';

const folder = temporaryFolder(test);
before(async () => {
  const experiment = { rounds: 3, thinkTimeUs: [0, 2_000] };
  // System b serves in twice the time.
  const trials = [1, 2, 3].flatMap((round) =>
    (['a', 'b'] as const).flatMap((system) =>
      experiment.thinkTimeUs.map((thinkTimeUs) => {
        const key = `${system}-think${thinkTimeUs}`;
        const levels = { replicas: 1, clients: 8, messages: 60, thinkTimeUs, key, system };
        const cell = simulatedCell({ ...levels, thinkDistribution: 'fixed' });
        const load = { kind: 'closed', ...levels, thinkUs: thinkTimeUs, thinkDistribution: 'fixed' } as const;
        const serviceUs = system === 'a' ? 1_000 : 2_000;
        const service = { parallelism: 1, serviceUs, serviceDistribution: 'exponential' } as const;
        const rows = rowsOf(simulateQueue({ seed: `${key} ${round}`, replicas: 1, ...service, load }));
        return { cell, round, rows, planned: rows.length };
      }),
    ),
  );
  const cells = trials.slice(0, 4).map(({ cell }) => cell);
  const service = { timeUs: 500, parallelism: 1, kind: 'wait' } as const;
  await writeSimulatedRun(folder, simulatedExperiment(cells, { ...experiment, service }), trials);
});

test('two think times are told apart, in the table and in the problem', async () => {
  const world = plantedWorld(['compare', `${folder}#a`, `${folder}#b`, '--lang=en']);
  assert.equal(await runCommandLine(world), 7);
  const [first = '', second = '', overall = ''] = world.stdout.text().split('\n');
  assert.match(first, /^r1 c8 m60: .* slower/);
  assert.match(second, /^r1 c8 m60 think2ms: .* slower/);
  assert.match(overall, /^overall 0\.\d+ .* over 2 cells$/);
  assert.match(world.stderr.text(), /in 2 cells: r1 c8 m60, r1 c8 m60 think2ms/);
});

test('each factor that can vary is in the name of a cell', () => {
  const factors = {
    ...{
      replicas: 2,
      clients: 10,
      messages: 1,
      ratePerSecond: 500,
      arrivals: 'uniform',
      durationUs: 5_000_000,
    },
    ...{ payloadBytes: 2_048, thinkTimeUs: 10_000, keepAlive: false },
  };
  const name = 'r2 c10 m1 rate500 uniform for5s payload2KiB think10ms reconnect';
  assert.equal(comparedCellName({ factors }), name);
});
