import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../temporary-folder.ts';
import { escala } from './escala.ts';

/** Each request takes at least 20 ms: every round is certain to be over 1 ms, and under a minute. */
const experiment = (level: string) => `
replicas: 1
clients: 1
messages: 30
warmup: 0
service: { time: 20ms, kind: wait }
slo: [${level}]
rounds: 5
`;

test('a level that no cell meets ends run and analyze with 7, and names it', async (context) => {
  const folder = temporaryFolder(context);
  const [file, run] = [join(folder, 'experiment.yaml'), join(folder, 'run')];
  writeFileSync(file, experiment('{ p50: 1ms }, { p50: 60s }'));
  const ended = await escala('run', file, '--out', run);
  assert.equal(ended.code, 7, ended.stderr);
  assert.match(ended.stderr, /SLO_VIOLATED: .*: node \(p50 ≤ 1 ms\)\n/);
  const again = await escala('analyze', run, '--lang', 'pt-BR');
  assert.equal(again.code, 7, again.stderr);
  assert.match(again.stderr, /SLO_VIOLATED: nenhuma célula medida cumpre este nível de serviço: node/);
});
