import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Cell, type Experiment, inEachLanguage, type Results } from '@escala/model';
import { answerOf } from '../src/answer/answer.ts';
import type { TrialFacts } from '../src/trial-facts.ts';
import { analyseKnownStudy, type KnownStudy, machineUse } from './coverage-study.ts';
import { simulatedCell } from './oracle/simulated-experiment.ts';

const cellsWith = (systems: readonly string[], replicas: readonly number[], clients: readonly number[]) =>
  systems.flatMap((system) =>
    replicas.flatMap((r) =>
      clients.map((c) => simulatedCell({ system, replicas: r, clients: c, messages: 100 })),
    ),
  );

const free: Partial<TrialFacts> = { machines: [machineUse(0.3)] };
const full: Partial<TrialFacts> = { machines: [machineUse(1)] };
const ownProcessorFull: TrialFacts['cpu'] = { serverShareMax: 1, agentShareMax: null, machineShare: null };
const withP95 = (us: number): Partial<TrialFacts> => ({
  ...free,
  latencyUs: {
    ...{ n: 10_000, min: us / 2, mean: us / 2, p50: us / 2, max: us * 2, standardDeviation: null },
    ...{ p90: us, p95: us, p99: us, p999: us },
  },
});

interface Planted extends Partial<KnownStudy> {
  readonly is: RegExp | string;
  readonly isNot?: RegExp;
}

const grows = ({ replicas }: Cell) => 1_000 * replicas;
const lock = ({ replicas }: Cell) => Math.min(250 * replicas, 900);
const p95Within: Experiment['slo'] = [{ percentile: 0.95, latencyUs: 50_000, failureShare: null }];
const longName = 'a-system-with-a-name-of-sixty-letters-that-nobody-would-type';

/** What is planted, and the first sentence that a person would write who knows it. None was measured. */
const studies: Readonly<Record<string, Planted>> = {
  'linear growth': {
    truth: grows,
    is: 'From 1 to 8 replicas throughput grew 8.0 times [8.0; 8.0] (100 % of ideal) at 16 clients.',
  },
  'growth that ends where the processors are full': {
    truth: ({ replicas }) => 1_000 * Math.min(replicas, 4),
    facts: ({ replicas }) => (replicas >= 4 ? full : free),
    is: 'From 1 to 8 replicas throughput grew 4.0 times [4.0; 4.0] (50 % of ideal) at 16 clients; it stops growing at 4, where the processors are full (4 servers on 2 processors).',
  },
  'a lock that all replicas share': {
    cells: cellsWith(['node'], [1, 2, 4, 6, 8], [16]),
    truth: lock,
    facts: () => free,
    is: /grew 3\.6 times .*; it stops growing at 4, where something that all replicas share takes 1\.11 ms of each request\./,
  },
  'the same where nobody knows whether the machine was full': {
    cells: cellsWith(['node'], [1, 2, 4, 6, 8], [16]),
    truth: lock,
    is: /it stops growing at 4\.$/,
    isNot: /share/,
  },
  'growth that ends although each replica is full of its own work only up to there': {
    truth: ({ replicas }) => 1_000 * Math.min(replicas, 4),
    facts: ({ replicas }) => (replicas <= 4 ? { ...free, cpu: ownProcessorFull } : {}),
    is: /it stops growing at 4\.$/,
    isNot: /keeps one processor full/,
  },
  'throughput that is the same whatever the replicas': {
    truth: () => 900,
    facts: () => free,
    is: /did not grow .*; at 8 something that all replicas share takes 1\.11 ms of each request\./,
  },
  'one round': {
    truth: grows,
    rounds: 1,
    is: 'From 1 to 8 replicas throughput grew 8.0 times (100 % of ideal) at 16 clients.',
  },
  'one replica, one client': {
    cells: cellsWith(['node'], [1], [4]),
    truth: grows,
    is: /^node did 1,000 requests\/s \[1,000; 1,000\] at 1 replica and 4 clients\.$/,
  },
  'clients of one replica': {
    cells: cellsWith(['node'], [1], [2, 4, 8, 16]),
    truth: ({ clients }) => Math.min(500 * clients, 2_000),
    is: /^With 1 replica throughput stops growing at 4 clients \(2,000 requests\/s/,
  },
  'clients that are too few': {
    cells: cellsWith(['node'], [1], [2, 4, 8]),
    truth: ({ clients }) => 500 * clients,
    is: /still grows at 8 clients, the most of a trial that counts \(4,000 requests\/s/,
  },
  'nothing at all': { truth: () => 0, is: 'No request was sent, so there is nothing to answer from.' },
  'two systems, one slower': {
    cells: cellsWith(['before', 'after'], [8], [16]),
    truth: ({ system }) => (system === 'after' ? 900 : 1_000),
    noise: 0.01,
    is: /^after is slower than before at 8 replicas and 16 clients: throughput × 0\.\d+ \[0\.\d+; 0\.9\d+\]/,
  },
  'two systems that nobody can tell apart': {
    cells: cellsWith(['go', 'node'], [8], [16]),
    truth: () => 1_000,
    noise: 0.1,
    is: /^go and node cannot be told apart at 8 replicas and 16 clients: throughput × /,
  },
  'two systems that are the same': {
    cells: cellsWith(['go', 'node'], [8], [16]),
    truth: () => 1_000,
    noise: 0.002,
    is: /^go and node differ by less than 3 % at 8 replicas/,
  },
  'three systems': {
    cells: cellsWith(['python', 'go', 'node'], [8], [16]),
    truth: ({ system }) => (system === 'python' ? 2_000 : 4_000),
    noise: 0.002,
    is: /^(go|node) measured best at 8 replicas and 16 clients \(4,0\d\d requests\/s\); (go|node) differs by less than 3 %: .*; python is slower: throughput × 0\.5/,
  },
  'twelve systems': {
    cells: cellsWith(
      Array.from({ length: 12 }, (_, i) => `system-${i}`),
      [2],
      [16],
    ),
    truth: ({ system }) => 1_000 - 50 * Number(system.split('-')[1]),
    noise: 0.002,
    is: /^system-0 is the fastest at .*; system-1 is slower: .*; and 7 more systems/,
  },
  'twelve systems under a service level, of which one needs fewer replicas': {
    cells: cellsWith(
      Array.from({ length: 12 }, (_, i) => `system-${i}`),
      [1, 2],
      [16],
    ),
    truth: grows,
    experiment: { slo: p95Within, question: ['slo'] },
    rounds: 5,
    facts: ({ system, replicas }) => withP95(replicas === 2 || system === 'system-11' ? 10_000 : 90_000),
    is: /^16 clients at p95 ≤ 50 ms: 1 replica of system-11 is enough .*; 2 replicas of system-3 are enough [^;]*; [^;]*; and 7 more systems\.$/,
  },
  'a name of sixty letters': {
    cells: cellsWith([longName, 'go'], [2], [16]),
    truth: () => 1_000,
    rounds: 1,
    is: new RegExp(`^At 2 replicas and 16 clients, measured once: ${longName} 1,000 requests/s and go 1,000`),
  },
  'a service level that few replicas meet': {
    cells: cellsWith(['node'], [1, 2, 4], [20, 60]),
    truth: grows,
    experiment: { slo: p95Within },
    facts: ({ replicas, clients }) => withP95((clients * 1_000) / replicas),
    is: '60 clients at p95 ≤ 50 ms: 2 replicas are enough (p95 30 ms [30 ms; 30 ms]); 1 replica serves 20 clients.',
  },
  'a service level that none meets': {
    cells: cellsWith(['node'], [1, 2], [60]),
    truth: grows,
    experiment: { slo: p95Within },
    facts: () => withP95(80_000),
    is: '60 clients at p95 ≤ 50 ms: even 2 replicas are not enough (p95 80 ms [80 ms; 80 ms]).',
  },
  'a service level in one round': {
    cells: cellsWith(['node'], [1], [60]),
    truth: grows,
    rounds: 1,
    experiment: { slo: p95Within },
    facts: () => withP95(4_700),
    is: '60 clients at p95 ≤ 50 ms: 1 round cannot tell whether 1 replica is enough (p95 4.7 ms).',
  },
  'a service level of two systems': {
    cells: cellsWith(['node', 'go'], [1, 2], [60]),
    truth: grows,
    experiment: { slo: p95Within, question: ['slo'] },
    facts: ({ system, replicas }) => withP95(system === 'go' ? 20_000 * replicas : 80_000),
    is: '60 clients at p95 ≤ 50 ms: even 2 replicas of node are not enough (p95 80 ms [80 ms; 80 ms]); 1 replica of go is enough (p95 20 ms [20 ms; 20 ms]).',
  },
  'a chosen question': {
    truth: grows,
    experiment: { question: ['level'] },
    is: /^node did 8,000 requests\/s/,
  },
};

function analysed({ is, isNot, ...planted }: Planted): Results {
  const cells = planted.cells ?? cellsWith(['node'], [1, 2, 4, 8], [16]);
  return analyseKnownStudy({ seed: 'answer', rounds: 6, noise: 0, truth: grows, ...planted, cells });
}

for (const [name, planted] of Object.entries(studies)) {
  test(`the first sentence is what a person would write who knows it: ${name}`, () => {
    const { answer } = analysed(planted);
    const said = answer?.sentence.en.replaceAll('\u00a0', ' ') ?? '';
    if (typeof planted.is === 'string') assert.equal(said, planted.is);
    else assert.match(said, planted.is);
    if (planted.isNot) assert.doesNotMatch(said, planted.isNot);
    for (const part of answer ? [answer, ...answer.further] : []) {
      inEachLanguage((language) => {
        assert.doesNotMatch(part.sentence[language], /[{}]|undefined|NaN|null/);
        return '';
      });
    }
  });
}

test('an older run without limits gets the same answer from what it has', () => {
  const { answer, ...study } = analysed(studies['linear growth'] as Planted);
  const older = { ...study, cells: study.cells.map(({ limit, ...cell }) => cell) };
  assert.deepEqual(answerOf(older), answer);
});

test('limits that are far apart are told as next to nothing, with no 0.0', () => {
  const { answer: _, ...study } = analysed(studies['linear growth'] as Planted);
  const ci95 = { low: 0.0092, high: 242.3, level: 0.95, method: 'welch-log' };
  const speedups = study.speedups.map((series) => ({
    ...series,
    points: series.points.map((point) => ({ ...point, speedup: { ...point.speedup, ci95 } })),
  }));
  assert.match(answerOf({ ...study, speedups }).sentence.en, /tell next to nothing \[0\.0092; 242\.3\]/);
});

test('a level that is met on one side only is told as that, where the interval holds the limit', () => {
  const { answer: _, ...study } = analysed(studies['a service level that few replicas meet'] as Planted);
  const [limit = 0] = study.experiment.slo.map(({ latencyUs }) => latencyUs ?? 0);
  const told = (low: number, high: number) => {
    const ci95 = { low, high, level: 0.95, method: 't-log' as const };
    const cells = study.cells.map((cell) => ({ ...cell, p95Us: cell.p95Us && { ...cell.p95Us, ci95 } }));
    return answerOf({ ...study, cells }).sentence.en;
  };
  assert.match(
    told(limit / 2, limit * 2),
    /enough \(p95 30\sms \[25\sms; 100\sms\]; at most 50\sms with 95\s%\sconfidence\)/,
  );
  assert.doesNotMatch(told(limit / 2, limit), /confidence/);
});

test('a load whose throughput is hardly known is not said to saturate', () => {
  const { answer: _, ...study } = analysed(studies['clients of one replica'] as Planted);
  const ci95 = { low: 5.8, high: 247_996, level: 0.95, method: 't-log' as const };
  const cells = study.cells.map((cell) => ({
    ...cell,
    throughput: cell.throughput && { ...cell.throughput, ci95 },
  }));
  assert.match(
    answerOf({ ...study, cells }).sentence.en,
    /^With 1 replica \d rounds tell next to nothing of where throughput stops growing \(2,000 requests\/s \[5\.8; 247,996\] at 4 clients\)/,
  );
});

test('a service level that no cell was judged by is not called met', () => {
  const { answer: _, ...study } = analysed(studies['a service level that none meets'] as Planted);
  const cells = study.cells.map(({ sloVerdicts, ...cell }) => cell);
  assert.match(answerOf({ ...study, cells }).sentence.en, /even 2 replicas are not enough/);
  assert.match(answerOf({ ...study, cells, capacities: [] }).sentence.en, /not known/);
});
