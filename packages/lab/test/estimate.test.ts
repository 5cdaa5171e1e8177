import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Cell, createRandom, type Random } from '@escala/model';
import { timeLeftErrors } from '../../model/test/played-study.ts';
import { parseExperiment } from '../src/experiment/read.ts';
import { estimateStudy, expectStudy } from '../src/study/estimate.ts';
import { planStudy } from '../src/study/plan.ts';
import { targets } from '../src/targets/index.ts';
import { warmupMessagesOf } from '../src/trial/agent-plan.ts';

const stranger = (seed: number) =>
  parseExperiment(
    `systems: [{ name: mine, command: [./mine], ledger: none, path: / }]
replicas: [1, 2, 4]
clients: [4, 8, 16, 32]
messages: [25, 100]
rounds: 3
seed: ${seed}
`,
    'planted.yaml',
  );

test('the time of a service that is not ours is called a lower limit, and of ours it is not', () => {
  const experiment = stranger(1);
  assert.deepEqual(estimateStudy(planStudy(experiment), experiment, targets.local.pace).unknownSystems, [
    'mine',
  ]);
  const ours = { ...experiment, systems: [{ name: 'node', ledger: 'api' as const }] };
  assert.deepEqual(estimateStudy(planStudy(ours), ours, targets.local.pace).unknownSystems, []);
  const open = { ...experiment, rate: [50] };
  assert.deepEqual(estimateStudy(planStudy(open), open, targets.local.pace).unknownSystems, []);
});

/** A trial takes between 1 − this and 1 + this of its time. */
const NOISE = 0.1;

/** Seconds that a planted service of 5 ms needs for the load of a cell. */
const services: Record<string, (cell: Cell, random: Random) => number> = {
  'that serves all requests at once': ({ messages }) => messages * 0.005,
  'that serves one request after the other': ({ clients, messages, replicas }, random) => {
    const connections = new Array<number>(replicas).fill(0);
    for (let client = 0; client < clients; client++) {
      const at = Math.floor(random.next() * replicas);
      connections[at] = (connections[at] ?? 0) + 1;
    }
    return Math.max(...connections) * messages * 0.005;
  },
};

for (const [name, loadS] of Object.entries(services)) {
  test(`after a tenth of a study the time left is right within 20 %: a service ${name}`, () => {
    for (let seed = 1; seed <= 20; seed++) {
      const experiment = stranger(seed);
      const plan = planStudy(experiment);
      // Each trial's cell as the service meets it: with the warm-up's messages.
      const cells = new Map(
        plan.flatMap(({ trials }) =>
          trials.map(({ planIndex, cell }, i) => {
            const messages = cell.messages + warmupMessagesOf(experiment, i === 0);
            return [planIndex, { ...cell, messages }];
          }),
        ),
      );
      const random = createRandom(`time of strangers ${seed}`);
      const found = timeLeftErrors(expectStudy(plan, experiment, targets.local.pace), {
        block: 1,
        takesS: ({ planIndex }) =>
          (1 + NOISE * (2 * random.next() - 1)) * (0.3 + loadS(cells.get(planIndex) as Cell, random)),
      });
      assert.ok(
        found.every((error) => error < 0.2),
        `seed ${seed}: off by ${found.map((error) => `${(100 * error).toFixed(0)} %`).join(', ')}`,
      );
    }
  });
}
