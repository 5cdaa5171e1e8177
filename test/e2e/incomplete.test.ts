import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Results, type TrialRecord, trialFiles, trialFolder } from '@escala/model';
import { temporaryFolder } from '../temporary-folder.ts';
import { escala } from './escala.ts';

test('a study in which no cell could be completed says so, and does not end as if all were well', async (context) => {
  const folder = temporaryFolder(context);
  const [file, run] = [join(folder, 'experiment.yaml'), join(folder, 'run')];
  writeFileSync(file, 'replicas: 1\nclients: 1\nmessages: 5\n');
  // The agent cannot have its data folder: a file is in its place.
  mkdirSync(join(run, 'processes'), { recursive: true });
  writeFileSync(join(run, 'processes/agent-1'), '');
  const { code, stderr } = await escala('run', file, '--out', run, '--lang', 'pt-BR');
  assert.equal(code, 5, stderr);
  assert.match(
    stderr,
    /CELLS_INCOMPLETE: 1 célula[\s\S]*node-r1-c1-m5\/1 \(o agente de carga agent-1 não ficou pronto/,
  );
});

test('a system that dies under the first message is measured as that', async (context) => {
  const folder = temporaryFolder(context);
  const [file, run] = [join(folder, 'experiment.yaml'), join(folder, 'run')];
  const dying = join(import.meta.dirname, 'planted-dying-system.ts');
  writeFileSync(
    file,
    `systems: [{ name: dying, command: [${process.execPath}, ${dying}] }]\nreplicas: 1\nclients: 2\nmessages: 5\n`,
  );
  const { code, stderr } = await escala('run', file, '--out', run);
  assert.equal(code, 0, stderr);
  const record = JSON.parse(
    readFileSync(join(trialFolder(run, 'dying-r1-c2-m5', 1), trialFiles.record), 'utf8'),
  ) as TrialRecord;
  assert.equal(record.counts.outcomes.answered, 0);
  assert.equal(record.counts.ledger.none, 10, 'nothing was answered, so nothing is missing');
  assert.deepEqual(
    record.incidents.map(({ code }) => code),
    ['replica-ended'],
  );
});

test('a system that does not start costs its cells; the others are reported', async (context) => {
  const folder = temporaryFolder(context);
  const [file, run] = [join(folder, 'experiment.yaml'), join(folder, 'run')];
  const broken = `${process.execPath}, -e, "process.exit(1)"`;
  // With this seed, node is the first.
  writeFileSync(
    file,
    `systems: [node, { name: broken, command: [${broken}] }]\nreplicas: 1\nclients: 1\nmessages: 5\nseed: 3\n`,
  );
  const { code, stderr } = await escala('run', file, '--out', run);
  assert.equal(code, 5, stderr);
  assert.match(stderr, /CELLS_INCOMPLETE[\s\S]*broken-r1-c1-m5\/1/);
  const results = JSON.parse(readFileSync(join(run, 'results.json'), 'utf8')) as Results;
  assert.deepEqual(results.missingTrials, [{ cell: 'broken-r1-c1-m5', round: 1 }]);
  assert.equal(results.totals.trialsMeasured, 1);
  assert.ok(existsSync(join(run, 'report.html')));

  // Nothing else is left to run in the next life, so its end is the server's; what there is is reported again.
  rmSync(join(run, 'report.html'));
  const resumed = await escala('run', '--resume', run);
  assert.equal(resumed.code, 4, resumed.stderr);
  assert.match(resumed.stderr, /SERVER_NOT_READY/);
  assert.ok(existsSync(join(run, 'report.html')));
});
