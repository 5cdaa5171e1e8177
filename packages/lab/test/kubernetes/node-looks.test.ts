import assert from 'node:assert/strict';
import { test } from 'node:test';
import { machineId, systemClock } from '@escala/model';
import { NodeLooks, type WitnessPod } from '../../src/targets/kubernetes/pods/node-looks.ts';

interface Planted {
  readonly name: string;
  readonly node: string;
  readonly cpuS: number | null;
  /** The machine's id, where the pod sees it. */
  readonly machine?: string;
}

const pod = ({ name, node, cpuS, machine }: Planted): WitnessPod => ({
  name,
  node,
  metrics: async () => {
    if (cpuS === null) throw new Error('no answer');
    const seen = `escala_machine_processors 4\nescala_machine_busy_seconds_total 70.5\nescala_machine_info{boot_id="${machine}"} 1\n`;
    return `process_cpu_seconds_total ${cpuS}\n${machine ? seen : ''}`;
  },
});

function looker() {
  const looks = new NodeLooks(systemClock);
  return async (...pods: Planted[]) => {
    const found = await looks.look(pods.map(pod));
    return found.map(({ node, cores, look }) => [node, cores, look.busyUs, look.loadUs]);
  };
}

test('a node has what its pods used, and is seen by any of them', async () => {
  const look = looker();
  const [a, b, c] = [
    { name: 'a', node: 'n1', cpuS: 1 },
    { name: 'b', node: 'n1', cpuS: 2, machine: 'm1' },
    { name: 'c', node: 'n2', cpuS: 4, machine: 'm2' },
  ];
  assert.deepEqual(await look(a, b, c), [
    ['n1', 4, 70_500_000, 3_000_000],
    ['n2', 4, 70_500_000, 4_000_000],
  ]);
});

test('nodes on one machine share its load, and the lab’s own where it runs there', async () => {
  const machine = machineId() ?? 'elsewhere';
  const pods = ['n1', 'n2'].map((node, i) => pod({ name: `p${i}`, node, cpuS: 1 + i, machine }));
  const found = await new NodeLooks(systemClock).look(pods);
  assert.deepEqual(
    found.map(({ node, alsoNodes, look }) => [node, alsoNodes, look.loadUs]),
    [['n1', ['n2'], 3_000_000]],
  );
  if (machineId() !== undefined) assert.ok(found.every(({ look }) => (look.labUs ?? 0) > 0));
});

test('a look was in the middle of its call, and is as exact as half of that', async () => {
  let nowUs = 1_000;
  const clock = { ...systemClock, nowUs: () => nowUs };
  const slow = pod({ name: 'a', node: 'n1', cpuS: 1, machine: 'm1' });
  const metrics = () => {
    nowUs += 40_000;
    return slow.metrics();
  };
  const [found] = await new NodeLooks(clock).look([{ ...slow, metrics }]);
  assert.deepEqual([found?.look.atUs, found?.look.withinUs], [21_000, 20_000]);
});

test('what a pod used stays counted when it restarts, and when it is gone', async () => {
  const look = looker();
  const other = { name: 'other', node: 'n1', cpuS: 1, machine: 'm1' };
  await look(other, { name: 'a', node: 'n1', cpuS: 5 });
  const [restarted] = await look(other, { name: 'a', node: 'n1', cpuS: 2 });
  assert.equal(restarted?.[3], 8_000_000);
  const [gone] = await look(other);
  assert.equal(gone?.[3], 8_000_000);
});

for (const [what, pods] of [
  ['a pod does not answer', [{ name: 'b', node: 'n1', cpuS: null }]],
  ['a pod sees its node not, and is alone there', [{ name: 'b', node: 'n2', cpuS: 1 }]],
] as const)
  test(`nothing is said of any node where ${what}`, async () => {
    assert.deepEqual(await looker()({ name: 'a', node: 'n1', cpuS: 1, machine: 'm1' }, ...pods), []);
  });
