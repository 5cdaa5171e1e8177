import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EscalaError } from '@escala/model';
import { parseExperiment } from '../src/index.ts';

/** The lines that name what is wrong with `text`. */
function problemsOf(text: string): string[] {
  try {
    parseExperiment(text, 'study.yaml');
  } catch (error) {
    assert.ok(error instanceof EscalaError);
    assert.equal(error.code, 'EXPERIMENT_INVALID');
    assert.equal(error.exit, 3);
    return String(error.values['detail']).split('\n');
  }
  return [];
}

test('a file with the three factors is an experiment; everything else has a default', () => {
  const experiment = parseExperiment('replicas: [1, 2]\nclients: 5\nmessages: 10', 'study.yaml');
  assert.deepEqual(experiment.clients, [5]);
  assert.deepEqual(experiment.systems, [{ name: 'node', ledger: 'api' }]);
  assert.equal(experiment.durability, 'sync');
  assert.equal(experiment.timeoutUs, 10_000_000);
});

test('an unknown key is named with its place and the nearest known one', () => {
  const [line] = problemsOf('replicas: 1\nclients: 1\nmesages: 10\nmessages: 1');
  assert.match(
    line ?? '',
    /^study\.yaml:3:1: mesages: unknown key; did you mean "messages"\? \(allowed: name, systems/,
  );
});

test('an unknown key inside a mapping is compared with that mapping', () => {
  const [line] = problemsOf('replicas: 1\nclients: 1\nmessages: 1\nservice: { time: 1ms, paralelism: 2 }');
  assert.match(
    line ?? '',
    /^study\.yaml:4:23: service\.paralelism: unknown key; did you mean "parallelism"\? \(allowed: time, parallelism, kind\)/,
  );
});

test('everything that is wrong is said at once', () => {
  const lines = problemsOf('replicas: [0]\nclients: many\nservice: { time: soon }\nrounds: 1.5\nseeds: 3');
  const keys = lines.map((line) => line.split(': ')[1]);
  assert.deepEqual(
    new Set(keys),
    new Set(['replicas.0', 'clients', 'messages', 'service.time', 'rounds', 'seeds']),
  );
});

test('a missing key says what it takes', () => {
  assert.match(problemsOf('clients: 1\nmessages: 1')[0] ?? '', /replicas: (is missing|must be)/);
});

test('text that is no YAML is told with line and column', () => {
  assert.match(problemsOf('replicas: [1, 2\nclients: 1')[0] ?? '', /^study\.yaml:\d+:\d+: /);
});

test('factors that contradict each other are told', () => {
  const text = 'replicas: 1\nclients: [1, 2]\nmessages: 1\nrate: 100\nsystems: [node, node]';
  const keys = problemsOf(text).map((line) => line.split(': ')[1]);
  assert.deepEqual(keys, ['systems', 'rate']);
});

test('a level that is given twice is refused', () => {
  assert.match(
    problemsOf('replicas: [2, 2]\nclients: 1\nmessages: 1')[0] ?? '',
    /replicas: must be levels that differ/,
  );
});
