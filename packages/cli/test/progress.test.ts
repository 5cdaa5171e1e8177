import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { Event, StudyExpectation, Verdict } from '@escala/model';
import { plantedSentence } from '../../../test/planted-sentence.ts';
import { progressListener } from '../src/progress/progress.ts';
import { plantedWorld } from './planted-world.ts';

const expected: StudyExpectation = {
  trials: Array.from({ length: 10 }, (_, planIndex) => ({
    planIndex,
    cell: `node-r2-c10-m${planIndex}`,
    round: 1,
    block: '1/node/2',
    system: 'node',
    knownS: 0,
    partsS: [1, 9],
    guesses: [],
  })),
  blockS: { '1/node/2': 0 },
};
const second = 1e6;
let nowUs = 0;
const clock = { nowUs: () => nowUs };
afterEach(() => {
  mock.timers.reset();
  nowUs = 0;
});

const begin: Event = {
  type: 'run-started',
  atUs: 0,
  run: 'r',
  name: 'n',
  target: 'local',
  trials: 10,
  rounds: 1,
  completed: [],
};

/** One trial of 10 s from `atS` on, with two progress events, judged at its end. */
function trial(planIndex: number, atS: number, verdict: Verdict = 'VALID'): Event[] {
  const name = { cell: `node-r2-c10-m${planIndex}`, round: 1 };
  const progress = (n: number): Event => ({
    type: 'trial-progress',
    atUs: (atS + n) * second,
    ...name,
    elapsedMs: n * 1_000,
    progress: { sent: 0, answered: n === 3 ? 9_000 : 1_000 * n, failed: 0, active: 10 },
  });
  const findings = verdict === 'VALID' ? [] : [{ finding: 'client-limits.cpu', values: { cpuShare: 0.93 } }];
  const counts = { planned: 0, requests: 0, outcomes: { answered: 0 } } as never;
  return [
    { type: 'trial-prepared', atUs: atS * second, ...name, planIndex, attempt: 1 },
    {
      type: 'trial-started',
      atUs: atS * second,
      ...name,
      planIndex,
      attempt: 1,
      startAtUs: atS * second,
      planned: 90_000,
    },
    progress(1),
    progress(3),
    { type: 'trial-finished', atUs: (atS + 10) * second, ...name, planIndex, tookMs: 10_000, counts },
    {
      type: 'trial-judged',
      atUs: (atS + 10) * second,
      ...name,
      verdict,
      reasons: [],
      throughput: 5,
      findings,
    },
  ];
}

const end: Event = {
  type: 'run-finished',
  atUs: 20 * second,
  done: 10,
  trials: 10,
  failed: 0,
  tookMs: 20_000,
};

function told(events: readonly Event[], options: Parameters<typeof plantedWorld>[1]) {
  const world = plantedWorld([...(options?.environment?.['LANG'] ? [] : ['--lang=en'])], {
    ...options,
    clock,
  });
  const listener = progressListener(world, expected);
  for (const event of events) void listener(event);
  return { world, text: () => world.stderr.text() };
}

const half = [begin, ...trial(0, 0), ...trial(1, 10, 'SUSPECT')];

test('in a pipe, CI or a dumb terminal progress is plain lines, without colours, and not one for every event', () => {
  for (const options of [
    {},
    { columns: 80, environment: { CI: 'true', NO_COLOR: '1' } },
    { columns: 80, environment: { TERM: 'dumb', NO_COLOR: '1' } },
  ]) {
    const { text } = told([...half, end], options);
    const lines = text().split('\n');
    assert.deepEqual(lines.slice(0, 2), [
      'trial 0 of 10 · 0 s elapsed · 1 min 40 s left · – requests/s',
      'trial 1 of 10 · 10 s elapsed · 1 min 30 s left · 4,000 requests/s',
    ]);
    assert.ok(lines.some((line) => line.startsWith('node-r2-c10-m1, round 1: SUSPECT: An agent')));
    assert.ok(lines.length <= 6, text());
    assert.equal(text(), stripVTControlCharacters(text()).replaceAll('\r', ''));
  }
});

test('the throughput is of the newest span, not an average since the start', () => {
  const { text } = told([begin, ...trial(0, 0).slice(0, 4)], {
    columns: 120,
    environment: { NO_COLOR: '1' },
  });
  // 9,000 answered after 3 s and 1,000 after 1 s: 4,000/s in between.
  assert.match(lastLine(text()), /· 4,000 requests\/s ·/);
});

test('a terminal shows one line that is drawn over, with the cell that runs where there is room', () => {
  mock.timers.enable({ apis: ['setInterval'] });
  const { text } = told([...half, ...trial(2, 20).slice(0, 1)], { columns: 200 });
  assert.equal(
    lastLine(text()),
    'trial 2 of 10 · 20 s elapsed · 1 min 20 s left · 4,000 requests/s · 1 problem · now node-r2-c10-m2, round 1',
  );
  assert.ok(text().includes('\x1b[33mSUSPECT\x1b[39m'));
});

test('time goes on when nothing happens', () => {
  mock.timers.enable({ apis: ['setInterval'] });
  const { text } = told([begin, ...trial(0, 0).slice(0, 1)], { columns: 120 });
  nowUs = 4 * second;
  mock.timers.tick(1_000);
  assert.match(lastLine(text()), /^trial 0 of 10 · 4 s elapsed · 1 min 36 s left/);
});

for (const [columns, line] of [
  [100, 'trial 2 of 10 · 20 s elapsed · 1 min 20 s left · 4,000 requests/s · 1 problem'],
  [76, '2/10 · 20 s elapsed · 1 min 20 s left · 4,000/s · 1 problem'],
  [46, '2/10 · 1 min 20 s left · 4,000/s · 1 problem'],
  [40, '2/10 · 1 min 20 s left'],
  [20, '2/10 · 1 min 20 s l'],
] as const) {
  test(`the line fits a window of ${columns} columns`, () => {
    mock.timers.enable({ apis: ['setInterval'] });
    const { text } = told(half, { columns });
    assert.equal(lastLine(text()), line);
    const widths = stripVTControlCharacters(text())
      .split(/[\r\n]/)
      .map((shown) => shown.length);
    assert.ok(Math.max(...widths) < columns, `${widths}`);
  });
}

test('after a window became narrower, every row that the old line broke into is erased', () => {
  mock.timers.enable({ apis: ['setInterval'] });
  const { world, text } = told([begin, ...trial(0, 0).slice(0, 2)], { columns: 200 });
  const before = text().length;
  world.stderr.columns = 40;
  nowUs = second;
  mock.timers.tick(1_000);
  // The line of 99 columns takes three rows of 40.
  assert.ok(text().startsWith('\x1b[2A\r\x1b[J', before), JSON.stringify(text().slice(before)));
});

test('Portuguese progress has decimal points of its own and agrees in number', () => {
  const environment = { LANG: 'pt_BR.UTF-8' };
  const { text } = told([...half, end], { environment });
  assert.match(
    text(),
    /ensaio 2 de 10 · 20 s decorridos · faltam 1 min 20 s · 4\.000 requisições\/s · nenhum problema encontrado\n/,
  );
  assert.match(text(), /SUSPECT: Um agente usou 93\s% do seu processador/);
  assert.match(text(), /1 problema\n/);
});

test('a dropped trial is told, with what to do', () => {
  const { text } = told(
    [
      begin,
      {
        type: 'trial-dropped',
        atUs: 1,
        cell: 'node-r2-c10-m0',
        round: 1,
        reason: plantedSentence('planted', 'plantado'),
      },
    ],
    {},
  );
  assert.match(text(), /node-r2-c10-m0, round 1: dropped: planted\. .*--resume/);
});

function lastLine(text: string): string {
  return stripVTControlCharacters(text.split('\r').at(-1) ?? '').replace(/\n$/, '');
}

test('a reason is told once in full, then counted', () => {
  mock.timers.enable({ apis: ['setInterval'] });
  const events = Array.from({ length: 9 }, (_, i) => trial(i, 10 * i, 'SUSPECT')).flat();
  const { text } = told([begin, ...events], { columns: 80, environment: { NO_COLOR: '1' } });
  assert.equal(text().split('An agent used').length, 2);
  assert.match(lastLine(text()), /· 9 problems/);
});
