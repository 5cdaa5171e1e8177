import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { escala, temporaryFolder } from './escala.ts';

test('a study in which no cell could be completed says so, and does not end as if all were well', async (context) => {
  const folder = temporaryFolder(context);
  const [file, run] = [join(folder, 'experiment.yaml'), join(folder, 'run')];
  writeFileSync(file, 'replicas: 1\nclients: 1\nmessages: 5\n');
  // The agent cannot have its data folder: a file is in its place.
  mkdirSync(join(run, 'processes'), { recursive: true });
  writeFileSync(join(run, 'processes/agent-1'), '');
  const { code, stderr } = await escala('run', file, '--out', run);
  assert.equal(code, 5, stderr);
  assert.match(stderr, /CELLS_INCOMPLETE[\s\S]*node-r1-c1-m5\/1/);
});
