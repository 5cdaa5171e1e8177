import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { headerLine, ledgerColumns, systemClock } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { parseExperiment } from '../src/experiment/read.ts';
import { prepareSystem } from '../src/targets/local/systems.ts';
import { LocalTarget } from '../src/targets/local/target.ts';
import { LedgerCursor } from '../src/trial/collect.ts';

const silent = join(import.meta.dirname, 'planted-silent-system.ts');
const block = 'b0-1-1';

async function deployed(
  context: TestContext,
  system: string,
  { folder = temporaryFolder(context), signal = new AbortController().signal } = {},
) {
  const experiment = parseExperiment(
    `systems: [${system}]\nreplicas: 1\nclients: 1\nmessages: 1\n`,
    'planted.yaml',
  );
  const target = new LocalTarget({ folder, experiment, clock: systemClock, signal });
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
  const deployment = await deployed(context, 'node', { folder });
  const [file] = await new LedgerCursor().collect(deployment, temporaryFolder(context));
  assert.equal(readFileSync(file as string, 'utf8'), header);
});

test('Ctrl-C ends the wait for a system that runs and never answers', {
  timeout: 60_000,
}, async (context) => {
  const [controller, started] = [new AbortController(), join(temporaryFolder(context), 'started')];
  const command = JSON.stringify(['sh', '-c', `touch ${started}; exec sleep 600`]);
  const deploying = deployed(context, `{ name: mute, command: ${command} }`, controller);
  while (!existsSync(started)) await sleep(10);
  controller.abort();
  await assert.rejects(deploying, { name: 'AbortError' });
});

test('a command that cannot be started is told in its own words, once', async (context) => {
  await assert.rejects(
    deployed(context, '{ name: absent, command: [no-such-program] }'),
    ({ code, message }: { code: string; message: string }) =>
      code === 'SERVER_NOT_READY' && message.split('no-such-program').length === 2,
  );
});

for (const [script, told] of [
  ['exit 3', 'it ended with code 3 and printed nothing'],
  ['echo "no licence" >&2; exit 1', 'it ended with code 1; its last lines: no licence'],
  ['kill -9 $$', 'it was killed by SIGKILL and printed nothing'],
  ['echo starting; kill -SEGV $$', 'it was killed by SIGSEGV; its last lines: starting'],
] as const) {
  test(`a command that ends at once is told with how it ended: ${script}`, async (context) => {
    const command = JSON.stringify(['sh', '-c', script]);
    await assert.rejects(
      deployed(context, `{ name: brief, command: ${command} }`),
      ({ message }: { message: string }) => message.includes(told),
    );
  });
}

test('a service without the message API is told of "ledger: none" before anything is sent to it', async (context) => {
  const service = "require('http').createServer((q, r) => r.end()).listen(process.env.PORT, '127.0.0.1')";
  const command = JSON.stringify([process.execPath, '-e', service]);
  await assert.rejects(deployed(context, `{ name: plain, command: ${command} }`), {
    code: 'SYSTEM_WITHOUT_LEDGER',
  });
});

test('settings of the server in the shell do not reach it: the study is what the experiment says', async (context) => {
  const [folder, before] = [temporaryFolder(context), process.env['MAX_INFLIGHT']];
  process.env['MAX_INFLIGHT'] = '1';
  context.after(() => {
    if (before === undefined) delete process.env['MAX_INFLIGHT'];
    else process.env['MAX_INFLIGHT'] = before;
  });
  const script = `env > ${folder}/environment; exec ${process.execPath} ${silent}`;
  const command = JSON.stringify(['sh', '-c', script]);
  const environment = '{ DRAIN: 1s }';
  await deployed(context, `{ name: printing, command: ${command}, environment: ${environment} }`, { folder });
  const variables = readFileSync(join(folder, 'environment'), 'utf8').split('\n');
  assert.ok(variables.includes('DRAIN=1s'));
  assert.ok(variables.includes('DURABILITY=sync'));
  assert.ok(!variables.some((variable) => variable.startsWith('MAX_INFLIGHT')));
});

test("a user's command ends when the lab does, however that came about", { timeout: 60_000 }, async () => {
  const { command } = await prepareSystem({ name: 'mine', command: ['sleep', '600'], ledger: 'none' });
  const [program = '', ...words] = command;
  const child = spawn(program, words, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin?.end();
  assert.deepEqual(await once(child, 'exit'), [null, 'SIGTERM']);
});
