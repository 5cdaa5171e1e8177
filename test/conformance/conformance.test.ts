import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { prepareSystem } from '@escala/lab';
import { machineId, messageApi, readProcessors, witnessIn } from '@escala/model';
import { listen } from '../listen.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { conform } from './conform.ts';
import { leavesForeignFiles, ledgerNeedsToken } from './process-checks.ts';
import { start } from './start.ts';
import { createWrongServer, type Fault, wrongServers } from './wrong-server.ts';

const root = join(import.meta.dirname, '../..');
const service = { timeUs: 5_000, parallelism: 2 };

/** Starts `command` as the lab does, and runs the profile's checks on it: each must be made, and pass. Gives the subject. */
async function conformProcess(t: TestContext, command: readonly string[], profile: 'core' | 'full') {
  const dataFolder = temporaryFolder(t);
  const simulated = { SERVICE_TIME: '5ms', SERVICE_PARALLELISM: String(service.parallelism) };
  const { url, end } = await start(command, { DATA_DIR: dataFolder, ...simulated });
  t.after(() => end('SIGTERM'));
  const startAgain = (environment: Record<string, string>) => start(command, environment);
  const subject = { url, dataFolder, replica: 'r1', service, start: startAgain };
  assert.deepEqual(
    (await conform(subject, profile)).filter(({ fault, leftOutFor }) => fault !== undefined || leftOutFor),
    [],
  );
  await witnesses(url);
  return subject;
}

/** Counters of the machine go by steps, and one reading is not made in an instant. */
const READING_US_MAX = 500_000;

/** The server tells what it used, and sees the machine as we do. */
async function witnesses(url: string): Promise<void> {
  const before = readProcessors('all');
  const told = witnessIn(await (await fetch(url + messageApi.metrics)).text());
  const after = readProcessors('all');
  assert.ok(told && told.cpuUs > 0);
  if (process.platform !== 'linux') return;
  const { id, cores, busyUs = 0, stolenUs = 0 } = told.machine ?? {};
  assert.deepEqual([id, cores], [machineId(), before.cores]);
  assert.ok(busyUs > before.busyUs - READING_US_MAX && busyUs < after.busyUs + READING_US_MAX);
  assert.ok(Math.abs((stolenUs ?? 0) - (before.stolenUs ?? 0)) < READING_US_MAX);
}

/** Whether a program can be run here; a reference whose language is missing is skipped by name. */
function available(program: string, ...version: string[]): boolean {
  try {
    execFileSync(program, version, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('our server conforms in full', async (t) => {
  await conformProcess(t, [process.execPath, join(root, 'server/src/main.ts')], 'full');
});

for (const [name, program, ...version] of [
  ['go', 'go', 'version'],
  ['python', 'python3', '-m', 'venv', '--help'],
] as const) {
  test(`the ${name} reference conforms`, async (t) => {
    if (!available(program, ...version)) return t.skip(`${program} is not installed`);
    const { command } = await prepareSystem({ name, ledger: 'api' });
    const subject = await conformProcess(t, command, 'core');
    for (const check of [ledgerNeedsToken, leavesForeignFiles]) await check.run(subject);
  });
}

for (const [fault, check] of Object.entries(wrongServers)) {
  test(`a server that ${fault} is caught by name`, async (t) => {
    const dataFolder = temporaryFolder(t);
    const url = `http://127.0.0.1:${await listen(t, createWrongServer(fault as Fault, dataFolder))}`;
    const subject = { url, dataFolder, replica: 'wrong', service };
    const found = (await conform(subject, 'core')).find(({ name }) => name === check);
    assert.ok(found?.fault, `"${check}" let it pass`);
  });
}
