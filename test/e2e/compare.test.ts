import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../temporary-folder.ts';
import { escala } from './escala.ts';

/** An open loop, whose throughput is what it offers: a slower server shows in latency. */
const experiment = (serviceTime: string) => `
replicas: 1
clients: 1
messages: 1
warmup: 0
rate: 200
duration: 500ms
service: { time: ${serviceTime}, parallelism: 1000 }
rounds: 3
`;

test('a version whose requests take 200 ms longer is slower by p95: compare ends with 7, and names the cell', async (context) => {
  const folder = temporaryFolder(context);
  const [before, after] = [join(folder, 'before'), join(folder, 'after')];
  for (const [run, serviceTime] of Object.entries({ [before]: '0', [after]: '200ms' })) {
    writeFileSync(`${run}.yaml`, experiment(serviceTime));
    const { code, stderr } = await escala('run', `${run}.yaml`, '--out', run);
    assert.equal(code, 0, stderr);
  }
  const slower = await escala('compare', before, after, '--metric', 'p95');
  assert.equal(slower.code, 7, slower.stdout + slower.stderr);
  assert.match(slower.stdout, /^.*after is slower than .*before: p95 × .* by more than the margin of 3\s%/);
  assert.match(slower.stdout, / slower > 3\s%$/m);
  assert.match(
    slower.stderr,
    /COMPARE_SLOWER: .*in 1 cells?: replicas 1, clients 1, messages 1, offered rate 200\/s/,
  );
  const faster = await escala('compare', after, before, '--metric', 'p95');
  assert.equal(faster.code, 0, faster.stderr);
});
