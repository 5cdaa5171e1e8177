import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientOptions, readOptions } from '../src/index.ts';
import { threshold } from '../src/program/thresholds.ts';

test('a threshold is a metric, an operator and a value in the unit of the metric', () => {
  const read = (text: string) => {
    const { metric, operator, limit, unit } = threshold.parse(text) ?? {};
    return [metric, operator, limit, unit];
  };
  assert.deepEqual(read('failures > 1%'), ['failures', '>', 0.01, 'share']);
  assert.deepEqual(read('failures>=10'), ['failures', '>=', 10, 'requests']);
  assert.deepEqual(read(' timeout > 0.5 % '), ['timeout', '>', 0.005, 'share']);
  assert.deepEqual(read('throughput < 500/s'), ['throughput', '<', 500, 'requestsPerSecond']);
  assert.deepEqual(read('p95 > 1m30s'), ['p95', '>', 90_000_000, 'us']);
  assert.deepEqual(read('service.p99 <= 2ms'), ['service.p99', '<=', 2_000, 'us']);
  const wrong = [
    '',
    'p95',
    'p95 >',
    'p95 > 50',
    'p95 > 1%',
    'p95 == 1ms',
    'failures > 5ms',
    'failures > -1%',
  ];
  for (const text of [
    ...wrong,
    'throughput > 1%',
    'p42 > 1ms',
    'p95 > 1ms && p99 > 2ms',
    'failures > 0,1%',
  ]) {
    assert.equal(threshold.parse(text), undefined, text);
  }
});

test('a metric that does not exist is told with the nearest one', () => {
  const refused = (text: string) => () => readOptions(clientOptions, ['--fail-if', text], {});
  assert.throws(refused('failure > 1%'), /--fail-if is "failure > 1%"; .*did you mean failures\?/);
  assert.throws(refused('p59 > 1ms'), /did you mean p/);
  assert.throws(refused('p95 > 50'), /"p95 > 50ms"$/);
});

test('the variable separates thresholds by semicolons or line ends', () => {
  const { failIf } = readOptions(clientOptions, [], { FAIL_IF: 'failures > 1%; p95 > 50ms\nmax > 1s;' });
  assert.deepEqual(
    failIf.map(({ text }) => text),
    ['failures > 1%', 'p95 > 50ms', 'max > 1s'],
  );
});
