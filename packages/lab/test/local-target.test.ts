import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { headerLine, ledgerColumns, systemClock } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { LedgerCursor } from '../src/collect.ts';
import { parseExperiment } from '../src/experiment/read.ts';
import { LocalTarget } from '../src/targets/local/target.ts';

const silent = join(import.meta.dirname, 'planted-silent-system.ts');
const block = 'b0-1-1';

async function deployed(context: TestContext, system: string, folder = temporaryFolder(context)) {
  const experiment = parseExperiment(
    `systems: [${system}]\nreplicas: 1\nclients: 1\nmessages: 1\n`,
    'planted.yaml',
  );
  const target = new LocalTarget(folder, experiment, systemClock);
  context.after(() => target[Symbol.asyncDispose]());
  await target.prepare();
  const [first] = experiment.systems;
  assert.ok(first);
  return target.deploy({ system: first, replicas: 1, experiment, block });
}

test('a system that is ready without a body is ready; one that hangs is given up in time', async (context) => {
  const deployment = await deployed(context, `{ name: silent, command: [${process.execPath}, ${silent}] }`);
  assert.equal(deployment.replicas.length, 1);
  await assert.rejects(deployment.quiesce(50), { code: 'REPLICA_LOST' });
});

test('a ledger of an earlier life of the run is not collected as one of this', async (context) => {
  const folder = temporaryFolder(context);
  const name = `node-${block}-1`;
  const data = join(folder, 'processes', block, name);
  mkdirSync(data, { recursive: true });
  const header = headerLine(ledgerColumns);
  writeFileSync(
    join(data, `ledger-${name}.csv`),
    `${header}1,old,run,old,1,1,${name},1,1,1,POST,/messages,201\n`,
  );
  const deployment = await deployed(context, 'node', folder);
  const [file] = await new LedgerCursor().collect(deployment, temporaryFolder(context));
  assert.equal(readFileSync(file as string, 'utf8'), header);
});
