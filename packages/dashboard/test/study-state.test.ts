import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Event } from '@escala/model';
import { plantedSentence } from '../../../test/planted-sentence.ts';
import { growthOf, idealOf, median } from '../src/page/growth.js';
import { Recording } from '../src/page/recording.js';
import { apply, newState, totals } from '../src/page/study-state.js';
import { PageEvents } from '../src/page-event.ts';
import { pageStudy } from '../src/page-study.ts';
import {
  atSecond,
  blockStarted,
  type PlantedRun,
  plantedTrial,
  plantRun,
  runStarted,
} from './planted-run.ts';

/** A fresh state, and a function that applies events as the page would get them. */
function stateOf(run: PlantedRun) {
  const study = pageStudy(run.manifest);
  const state = newState(study);
  const translator = new PageEvents(run.watched.expect(run.manifest));
  const pageEvents = (events: readonly Event[]) =>
    events.map((event) => translator.translate(JSON.stringify(event)));
  return {
    study,
    state,
    pageEvents,
    tell: (...events: Event[]) => {
      for (const event of pageEvents(events)) apply(state, event);
    },
  };
}

function planted(context: TestContext) {
  const run = plantRun(context);
  const [first, second, third] = run.trials;
  assert.ok(first && second && third);
  return { run, first, second, third, ...stateOf(run) };
}

test('a trial goes from planned through running to its verdict', (context) => {
  const { run, first, state, tell } = planted(context);
  const status = () => state.trials[0]?.status;
  const events = plantedTrial(first, 0);
  assert.equal(status(), 'planned');
  tell(runStarted(run, 0), ...events.slice(0, 3));
  assert.equal(status(), 'running');
  tell(...events.slice(3, -1));
  assert.equal(status(), 'measured');
  tell(...events.slice(-1));
  assert.equal(status(), 'VALID');
  assert.equal(state.current, null);
});

test('each progress event is a span with the throughput, failures and latency since the one before', (context) => {
  const { run, first, state, tell } = planted(context);
  tell(runStarted(run, 0), ...plantedTrial(first, 10, { timeouts: 4 }));
  const rate = 300 * first.cell.replicas;
  assert.deepEqual(
    state.spans.map(({ from, to, throughput, failed, latencyUs }) => [
      from,
      to,
      throughput,
      failed,
      latencyUs?.n,
    ]),
    [
      [11, 12, rate, 0, 2_000],
      [12, 13, rate, 0, 2_000],
      [13, 14, rate, 4, 2_000],
    ],
  );
});

test('a trial that was over before its first progress event is one span', (context) => {
  const { run, first, state, tell } = planted(context);
  tell(runStarted(run, 0), ...plantedTrial(first, 10).filter(({ type }) => type !== 'trial-progress'));
  const [span] = state.spans;
  assert.equal(state.spans.length, 1);
  assert.deepEqual([span?.from, span?.to, span?.throughput], [11, 14, 300 * first.cell.replicas]);
});

test('sums count answered, failures by kind, and verdicts', (context) => {
  const { run, first, second, third, state, tell } = planted(context);
  tell(
    runStarted(run, 0),
    ...plantedTrial(first, 0),
    ...plantedTrial(second, 6, { verdict: 'SUSPECT', timeouts: 3 }),
  );
  tell(...plantedTrial(third, 12).slice(0, 4));
  const sums = totals(state);
  assert.deepEqual(sums.verdicts, { VALID: 1, SUSPECT: 1, INVALID: 0 });
  assert.deepEqual([sums.done, sums.failed, sums.failures['timeout']], [2, 3, 3]);
  const rate = (trial: typeof first) => 300 * trial.cell.replicas;
  assert.equal(sums.answered, 3 * rate(first) + 3 * rate(second) + 2 * rate(third));
});

test('the time left is what the events taught so far, and goes back with a replay', (context) => {
  const { run, first, second, state, tell } = planted(context);
  tell(runStarted(run, 0));
  const atFirst = state.leftS ?? Number.NaN;
  assert.ok(atFirst > 0);
  tell(...plantedTrial(first, 0), ...plantedTrial(second, 5));
  // Two trials took 5 s each, much longer than was expected.
  assert.ok((state.leftS ?? 0) > 1.5 * atFirst, `${state.leftS} after ${atFirst}`);
});

test('a run that was lost and resumed goes on; the time between does not count', (context) => {
  const { run, first, second, state, tell } = planted(context);
  tell(runStarted(run, 0), ...plantedTrial(first, 0), ...plantedTrial(second, 5).slice(0, 3));
  const lostAt = state.s;
  tell(runStarted(run, 10_000, [first.planIndex]));
  assert.equal(state.s, lostAt);
  assert.deepEqual([state.trials[0]?.status, state.trials[1]?.status], ['VALID', 'planned']);
  tell(...plantedTrial(second, 10_001));
  assert.equal(state.trials[1]?.status, 'VALID');
  assert.equal(state.s, lostAt + 6);
});

test('a dropped trial and an interruption are noted', (context) => {
  const { run, first, state, tell } = planted(context);
  const name = { cell: first.cell.key, round: first.round };
  tell(runStarted(run, 0), ...plantedTrial(first, 0).slice(0, 2));
  tell({ type: 'trial-dropped', atUs: atSecond(3), ...name, reason: plantedSentence('planted', 'plantado') });
  tell({ type: 'run-interrupted', atUs: atSecond(5), done: 0, trials: 36 });
  assert.deepEqual([state.trials[0]?.status, state.phase], ['dropped', 'interrupted']);
  assert.deepEqual(
    state.notes.map(({ key }) => key),
    ['noteDropped', 'noteInterrupted'],
  );
  assert.deepEqual(state.notes[0]?.sentences, [plantedSentence('planted', 'plantado')]);
});

test('a reason is noted once, and the trials that have it, too, join the note', (context) => {
  const { run, first, second, third, state, tell } = planted(context);
  tell(runStarted(run, 0), ...plantedTrial(first, 0, { verdict: 'SUSPECT' }));
  tell(
    ...plantedTrial(second, 6, { verdict: 'SUSPECT' }),
    ...plantedTrial(third, 12, { verdict: 'INVALID' }),
  );
  assert.deepEqual(
    state.notes.map(({ verdict, cell, round, also }) => ({ verdict, cell, round, also })),
    [
      {
        ...{ verdict: 'SUSPECT', cell: first.cell.key, round: first.round },
        also: [{ cell: second.cell.key, round: second.round }],
      },
      { verdict: 'INVALID', cell: third.cell.key, round: third.round, also: [] },
    ],
  );
  assert.equal(state.notes[0]?.sentences.length, 1);
});

test('events of cells that are not in the plan, and lines that are no events, change nothing', (context) => {
  const { run, first, state, tell } = planted(context);
  tell(runStarted(run, 0), ...plantedTrial({ ...first, cell: { ...first.cell, key: '__proto__' } }, 0));
  assert.deepEqual([totals(state).done, state.spans.length], [0, 0]);
  for (const line of ['', 'x', 'null', '[]', '{"type":"warning"}', '{"type":3,"atUs":1}']) {
    assert.equal(new PageEvents({ trials: [], blockS: {} }).translate(line), undefined, line);
  }
});

test('a replay shows at each moment what the live page showed then', (context) => {
  const { run, first, second, study, state, pageEvents } = planted(context);
  const told = pageEvents([runStarted(run, 0), ...plantedTrial(first, 0), ...plantedTrial(second, 6)]);
  const replay = new Recording();
  replay.begin(study);
  for (const event of told) replay.add(event);
  replay.moveTo(Number.POSITIVE_INFINITY);
  for (const event of told.slice(0, 5)) apply(state, event);
  assert.deepEqual(replay.moveTo(told[4]?.s ?? 0), state);
  assert.equal(replay.moveTo(replay.endS)?.trials[1]?.status, 'VALID');
});

test('verdicts of results.json stand where the events hold none', (context) => {
  const { run, first, study, pageEvents } = planted(context);
  const events = plantedTrial(first, 0).filter(({ type }) => type !== 'trial-judged');
  const replay = new Recording();
  replay.begin(study);
  for (const event of pageEvents([runStarted(run, 0), ...events])) replay.add(event);
  assert.equal(replay.moveTo(9)?.trials[0]?.status, 'measured');
  const {
    cell: { key },
    round,
  } = first;
  const latencyUs = { n: 900, p50: 1, p95: null, p99: null };
  replay.knowVerdicts([
    { cell: key, round, verdict: 'INVALID', throughput: 300, latencyUs, replicas: [], sentences: [] },
  ]);
  assert.equal(replay.moveTo(9)?.trials[0]?.status, 'INVALID');
  assert.equal(replay.moveTo(2)?.trials[0]?.status, 'running');
});

test('the phases of a trial are named as far as the events tell', (context) => {
  const { run, first, state, tell } = planted(context);
  const [prepared, started, ...others] = plantedTrial(first, 10);
  const judged = others.at(-1);
  assert.ok(prepared && started && judged);
  const { system, replicas, key } = first.cell;
  tell(runStarted(run, 0));
  assert.equal(state.step, null);
  tell(blockStarted(first, 1));
  assert.deepEqual(state.step, { key: 'statusStarting', values: { system, replicas } });
  const steps = [prepared, started, ...others].map((event) => {
    tell(event);
    return state.step?.key ?? null;
  });
  assert.deepEqual(steps, [
    'statusReadying',
    ...['statusMeasuring', 'statusMeasuring', 'statusMeasuring', 'statusCollecting'],
    ...['statusJudging', null],
  ]);
  tell(...plantedTrial(first, 20).slice(0, 1));
  assert.deepEqual(state.step, { key: 'statusReadying', values: { cell: key } });
  tell(judged);
  // A verdict that comes late says nothing of the next trial.
  assert.deepEqual(state.step, { key: 'statusReadying', values: { cell: key } });
});

test('each block is a stretch of time with its replicas, also one that was lost', (context) => {
  const { run, first, second, state, tell } = planted(context);
  tell(runStarted(run, 0), blockStarted(first, 2), ...plantedTrial(first, 3));
  assert.deepEqual(state.blocks.at(-1)?.to, null);
  tell(runStarted(run, 10_000, [first.planIndex]), blockStarted(second, 10_001));
  tell({ type: 'run-finished', atUs: atSecond(10_005), done: 1, trials: 1, failed: 0, tookMs: 1 });
  const of = ({ cell: { system, replicas } }: typeof first) => ({ system, replicas });
  assert.deepEqual(state.blocks, [
    { from: 2, to: 8, ...of(first) },
    { from: 9, to: 13, ...of(second) },
  ]);
});

test('throughput over replicas grows at the heaviest load so far, without INVALID trials', (context) => {
  const { run, state, tell } = planted(context);
  const at = (replicas: number, clients: number, messages: number, round = 1) => {
    const is = ({ cell }: (typeof run.trials)[number]) =>
      cell.replicas === replicas && cell.clients === clients && cell.messages === messages;
    const trial = run.trials.find((one) => is(one) && one.round === round);
    assert.ok(trial);
    return trial;
  };
  assert.equal(growthOf(state), null);
  tell(runStarted(run, 0), ...plantedTrial(at(1, 50, 100), 0, { verdict: 'INVALID' }));
  assert.equal(growthOf(state), null);
  tell(...plantedTrial(at(2, 20, 100), 6));
  assert.deepEqual(growthOf(state)?.heaviest.load, 20);
  tell(...plantedTrial(at(4, 50, 10), 12), ...plantedTrial(at(1, 50, 10), 18, { verdict: 'SUSPECT' }));
  const growth = growthOf(state);
  assert.deepEqual([growth?.heaviest.load, growth?.heaviest.messages, growth?.replicas], [50, 10, [1, 2, 4]]);
  const series = growth?.series.map(({ points, ...others }) => ({
    ...others,
    points: points.toSorted((a, b) => a.replicas - b.replicas),
  }));
  assert.deepEqual(series, [
    {
      system: 'node',
      index: 0,
      points: [
        { replicas: 1, throughput: 300, isHeaviest: true },
        { replicas: 2, throughput: 600, isHeaviest: false },
        { replicas: 4, throughput: 1_200, isHeaviest: true },
      ],
      levels: [
        { replicas: 1, median: 300 },
        { replicas: 4, median: 1_200 },
      ],
    },
  ]);
  const levels = growth?.series[0]?.levels ?? [];
  assert.deepEqual(idealOf(levels, { replicas: 4, top: 1_500 }), [levels[0], { replicas: 4, median: 1_200 }]);
  assert.deepEqual(idealOf(levels, { replicas: 4, top: 600 }), [levels[0], { replicas: 2, median: 600 }]);
  for (const none of [[], levels.slice(1)]) assert.deepEqual(idealOf(none, { replicas: 4, top: 1_500 }), []);
  assert.deepEqual([median([3, 1, 2]), median([4, 1])], [2, 2.5]);
});
