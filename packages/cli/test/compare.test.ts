import assert from 'node:assert/strict';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { comparedName, type Language } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { rowsOf } from '../../analysis/test/oracle/planted-rows.ts';
import { simulateQueue } from '../../analysis/test/oracle/queue-simulator.ts';
import { simulatedCell, simulatedExperiment } from '../../analysis/test/oracle/simulated-experiment.ts';
import { writeSimulatedRun } from '../../analysis/test/oracle/simulated-run.ts';
import { typed } from './planted-world.ts';

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
  const { exit, stdout, stderr } = await typed(['compare', `${folder}#a`, `${folder}#b`, '--lang=en']);
  assert.equal(exit, 7);
  const [first = '', second = '', overall = ''] = stdout.split('\n');
  assert.match(first, /^r1 c8 m60: .* slower/);
  assert.match(second, /^r1 c8 m60 think2ms: .* slower/);
  assert.match(overall, /^overall 0\.\d+ .* over 2 cells$/);
  assert.match(stderr, /in 2 cells: r1 c8 m60, r1 c8 m60 think2ms/);
});

test('what one side lacks is said, and what both have is compared', async (t) => {
  const part = temporaryFolder(t);
  await cp(folder, part, { recursive: true });
  for (const gone of ['b-think0/3', 'b-think2000']) await rm(join(part, 'cells', gone), { recursive: true });
  const compare = async (language: Language) =>
    (await typed(['compare', `${folder}#b`, `${part}#b`, '--lang', language])).stdout.trimEnd().split('\n');
  const [cell = '', overall = '', ...lacks] = await compare('en');
  assert.match(cell, /^r1 c8 m60: /);
  assert.match(overall, /over 1 cell$/);
  assert.deepEqual(lacks, [
    `${part}#b: 4 of its planned trials are not there (it goes on, or was interrupted); what is there was compared`,
    '1 cell is in one side only, and was not compared',
    `only in ${folder}#b: r1 c8 m60 think2ms`,
  ]);
  assert.deepEqual((await compare('pt-BR')).slice(2), [
    `${part}#b: faltam 4 dos seus ensaios planejados (ela continua, ou foi interrompida); o que há foi comparado`,
    '1 célula está só em um dos lados, e não foi comparada',
    `só em ${folder}#b: r1 c8 m60 think2ms`,
  ]);
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
  assert.equal(comparedName(factors), name);
});

test('failed requests and doubtful trials of a side are said, and that both sides are one', async (t) => {
  const failing = temporaryFolder(t);
  const levels = { replicas: 1, clients: 8, messages: 60, thinkTimeUs: 0, key: 'b-think0', system: 'b' };
  const cell = simulatedCell({ ...levels, thinkDistribution: 'fixed' });
  const load = { kind: 'closed', clients: 8, messages: 60, thinkUs: 0, thinkDistribution: 'fixed' } as const;
  const service = { parallelism: 1, serviceUs: 2_000, serviceDistribution: 'exponential' } as const;
  const rows = rowsOf(simulateQueue({ seed: 'failing', replicas: 1, ...service, load })).map((row, i) =>
    i % 30 === 7 ? { ...row, status: 503, outcome: 'rejected' as const, ledger: 'none' as const } : row,
  );
  const trial = { cell, round: 1, rows, planned: rows.length };
  await writeSimulatedRun(failing, simulatedExperiment([cell]), [trial]);
  const { stdout, stderr } = await typed(['compare', `${folder}#b`, failing, '--lang=en']);
  assert.equal(stderr, '');
  assert.ok(
    stdout.includes(`\n${failing}: of 1 trial, 1 is SUSPECT and 0 INVALID; its report says why\n`),
    stdout,
  );
  assert.ok(
    stdout.includes(
      `\n${failing}: 16 of 480 requests failed (3.33\u00a0%); throughput counts answers only\n`,
    ),
    stdout,
  );
  assert.ok(!stdout.includes(`${folder}#b: of`), stdout);
  const same = await typed(['compare', `${folder}#b`, `${folder}/#b`, '--lang=en']);
  assert.match(same.stdout, /both sides are the same trials, which differ in nothing/);
});
