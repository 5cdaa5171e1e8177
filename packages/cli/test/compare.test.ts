import assert from 'node:assert/strict';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { type RunComparison, slowerBeyondMargin } from '@escala/analysis';
import type { ComparedCell, Language } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { rowsOf } from '../../analysis/test/oracle/planted-rows.ts';
import { simulateQueue } from '../../analysis/test/oracle/queue-simulator.ts';
import { simulatedCell, simulatedExperiment } from '../../analysis/test/oracle/simulated-experiment.ts';
import { writeSimulatedRun } from '../../analysis/test/oracle/simulated-run.ts';
import { cellName } from '../src/commands/judge/compare/compare-table.ts';
import { describeComparison } from '../src/commands/judge/compare/compare-text.ts';
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
  const [answer = '', , caption = '', , head = '', first = '', second = '', overall = ''] =
    stdout.split('\n');
  const limits = String.raw`0\.\d{3} \[0\.\d{3}; 0\.\d{3}\]`;
  assert.match(
    answer,
    new RegExp(
      `^b is slower than a: throughput × ${limits} over 2 cells, in each by more than the margin of 3\\s%`,
    ),
  );
  assert.match(caption, /geometric mean of 3 rounds; replicas 1, clients 8, messages 60;/);
  assert.match(head, /^think time +a +b +b \/ a +q +verdict$/);
  assert.match(first, new RegExp(`^0 .* ${limits} .* slower > 3\\s%$`));
  assert.match(second, new RegExp(`^2ms .* ${limits} .* slower > 3\\s%$`));
  assert.match(overall, new RegExp(`^all cells +${limits}$`));
  assert.match(stderr, /in 2 cells: think time 0; think time 2ms/);
});

test('what one side lacks is said, and what both have is compared', async (t) => {
  const part = temporaryFolder(t);
  await cp(folder, part, { recursive: true });
  for (const gone of ['b-think0/3', 'b-think2000']) await rm(join(part, 'cells', gone), { recursive: true });
  const compare = async (language: Language) =>
    (await typed(['compare', `${folder}#b`, `${part}#b`, '--lang', language])).stdout.trimEnd().split('\n');
  const lacks = async (language: Language) => (await compare(language)).slice(-3);
  const [answer, , , , , cell = ''] = await compare('en');
  assert.equal(
    answer?.split(':')[0],
    `It cannot be told from these rounds whether ${part}#b is slower than ${folder}#b`,
  );
  assert.match(cell, /inconclusive$|equivalent$/);
  assert.deepEqual(await lacks('en'), [
    `${part}#b: 4 of its planned trials are not there (it goes on, or was interrupted); what is there was compared`,
    '1 cell is in one side only, and was not compared',
    `only in ${folder}#b: think time 2ms`,
  ]);
  assert.deepEqual(await lacks('pt-BR'), [
    `${part}#b: faltam 4 dos seus ensaios planejados (ela continua, ou foi interrompida); o que há foi comparado`,
    '1 célula está só em um dos lados, e não foi comparada',
    `só em ${folder}#b: tempo de reflexão 2ms`,
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
  assert.equal(
    cellName(factors, [factors], 'en'),
    'replicas 2, clients 10, messages 1, offered rate 500/s, arrivals uniform, duration 5s, payload 2KiB, think time 10ms, kept connections no',
  );
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

/** A comparison of two cells with these verdicts, by their clients. */
function planted(
  verdicts: readonly ComparedCell['verdict'][],
  changes: Partial<RunComparison> = {},
): RunComparison {
  const ratios = { slower: 0.9, faster: 1.1, equivalent: 1, inconclusive: 0.97 };
  const cells = verdicts.map((verdict, i): ComparedCell => {
    const [ratio, clients, messages] = [ratios[verdict], 4 ** (i + 1), 40];
    const q = verdict === 'slower' || verdict === 'faster' ? 1e-12 : 0.4;
    const settled = { p: q, q, verdict, roundsNeeded: verdict === 'inconclusive' ? 14 : null };
    const sides = { a: 1_000, b: 1_000 * ratio, roundsA: 10, roundsB: 10, ratio };
    const names = { replicas: 1, clients, messages };
    return { ...names, factors: names, ...sides, ci95: [ratio - 0.02, ratio + 0.02], ...settled };
  });
  const ci95 = { low: 0.9, high: 1, level: 0.95, method: 'welch-log' } as const;
  const overall = { value: 0.95, n: 10, cells: cells.length, ci95 };
  return { a: 'r#before', b: 'r#after', metric: 'throughput', margin: 0.05, cells, overall, ...changes };
}

test('the first sentence answers by the verdicts of the cells, and is equivalence only where all are', () => {
  const answer = (...verdicts: ComparedCell['verdict'][]) =>
    (describeComparison(planted(verdicts), 'en', 'text').split('\n')[0] ?? '').replaceAll('\u00a0', ' ');
  const size = 'throughput × 0.950 [0.900; 1.000] over 2 cells';
  const sure = '(q < 0.001; at 0.05, one such finding in twenty is false)';
  assert.deepEqual(
    [
      answer('slower', 'slower'),
      answer('slower', 'inconclusive'),
      answer('faster', 'equivalent'),
      answer('slower', 'faster'),
      answer('equivalent', 'equivalent'),
      answer('equivalent', 'inconclusive'),
      answer('inconclusive', 'inconclusive'),
    ],
    [
      `after is slower than before: ${size}, in each by more than the margin of 5 % ${sure}.`,
      `after is slower than before in 1 of 2 cells: ${size}, in 1 cell by more than the margin of 5 %, in 1 cell it cannot be told ${sure}.`,
      `after is faster than before in 1 of 2 cells: ${size}, in 1 cell by more than the margin of 5 % ${sure}.`,
      `after is slower than before in 1 and faster in 1 of 2 cells: ${size}, in each by more than the margin of 5 % ${sure}.`,
      `after and before are equivalent, with less than 5 % between them: ${size}.`,
      `after and before are equivalent within 5 % in 1 of 2 cells; in the others no difference was found, nor equivalence shown: ${size}.`,
      `It cannot be told from these rounds whether after is slower than before: ${size}.`,
    ],
  );
});

test('the words "by more than the margin" stand exactly where compare ends with 7', () => {
  for (const margin of [0.05, 0.15]) {
    const comparison = planted(['slower'], { margin });
    const text = describeComparison(comparison, 'en', 'text');
    assert.equal(slowerBeyondMargin(comparison).length > 0, text.includes('slower > '));
    assert.equal(
      slowerBeyondMargin(comparison).length > 0,
      !text.includes('nowhere by more than the margin'),
    );
  }
});

test('the table fits 80 columns, names both sides in the order given and each factor that varies', () => {
  const wide = planted(['slower', 'inconclusive'], {
    a: 'runs/zebra-of-last-week',
    b: 'runs/apple-of-today',
  });
  const factors = { replicas: 1, messages: 40, ratePerSecond: 500, arrivals: 'poisson', durationUs: 5e6 };
  const cells = wide.cells.map((cell, i) => ({
    ...cell,
    factors: { ...factors, clients: cell.clients, payloadBytes: i * 4_096, thinkTimeUs: i * 2_000 },
  }));
  for (const language of ['en', 'pt-BR'] as const)
    for (const comparison of [planted(['slower', 'inconclusive']), { ...wide, cells }]) {
      const lines = describeComparison(comparison, language, 'text').split('\n');
      const head = lines[4] ?? '';
      assert.ok(/^(clients|clientes)? *(before|‥-of-last-week) +(after|‥pple-of-today)/.test(head), head);
      for (const line of lines.slice(4, lines.indexOf('', 4))) assert.ok(line.length <= 80, line);
    }
  assert.match(
    describeComparison({ ...wide, cells }, 'en', 'text'),
    /\nclients 16, payload 4KiB, think time 2ms\n/,
  );
  assert.match(describeComparison(wide, 'en', 'text'), /about so many rounds are needed: 14 \(clients 16\)/);
});

test('as Markdown the answer is bold, and each cell a row', () => {
  const lines = describeComparison(planted(['slower', 'equivalent']), 'en', 'markdown').split('\n');
  assert.match(lines[0] ?? '', /^\*\*after is slower .*\*\*$/);
  assert.deepEqual(lines.slice(4, 6), [
    '| clients | before | after | after / before | q | verdict |',
    '| --- | ---: | ---: | --- | ---: | --- |',
  ]);
  assert.match(
    lines[6] ?? '',
    /^\| 4 \| 1,000 \| 900 \| 0.900 \[0.880; 0.920\] \| < 0.001 \| slower > 5\s% \|$/,
  );
});

test('--power says what would be found at these rounds and at more, and of one run as a pilot', async () => {
  const sides = [`${folder}#a`, `${folder}#b`];
  const { exit, stdout } = await typed(['compare', ...sides, '--power', '--margin=0.05', '--lang=en']);
  assert.equal(exit, 7);
  const plain = stdout.replaceAll('\u00a0', ' ');
  const text = plain.slice(plain.indexOf('Chance to find'));
  assert.match(text, /^Chance to find a slowdown of 5 · 10 · 20 % beyond the margin of 5 %, from the spread/);
  const chances = String.raw`[<>]?\d+ · [<>]?\d+ · [<>]?\d+ %`;
  for (const name of ['think time 0', 'think time 2ms', 'all cells alike, at least'])
    assert.match(text, new RegExp(`\\n${name} +${chances} +${chances} +${chances}\\n`));
  assert.match(text, /^slower in +3 rounds \(done\) +6 rounds +12 rounds$/m);
  assert.match(text, /to catch 10 %, write --margin 0\.05\.\n$/);
  for (const line of text.split('\n').slice(2, 6)) assert.ok(line.length <= 80, line);
  const pilot = await typed(['compare', `${folder}#a`, `${folder}#a`, '--power', '--lang=pt-BR']);
  assert.match(pilot.stdout, /^os dois lados são os mesmos ensaios.*\n\nChance de achar uma lentidão/);
  const json = JSON.parse((await typed(['compare', ...sides, '--power', '--json'])).stdout);
  assert.deepEqual(
    [json.power.rounds, json.power.slowdowns, json.power.cells.length],
    [[3, 6, 12], [0.05, 0.1, 0.2], 2],
  );
});
