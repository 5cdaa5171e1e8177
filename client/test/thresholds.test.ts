import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { rawServer, runClient, startClient } from './program.ts';

const answer = (status: string) => `HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`;

/** A server that fails every `every`-th request with 503. */
async function failing(t: TestContext, every: number): Promise<string> {
  let seen = 0;
  const { url, server } = await rawServer((socket) =>
    socket.write(answer(++seen % every === 0 ? '503 Busy' : '200 OK')),
  );
  t.after(() => server.close());
  return url;
}
const load = ['--clients', '2', '--messages', '50'];

test('which statuses were answered, and how often, is in the text and in the JSON', async (t) => {
  const url = await failing(t, 4);
  assert.deepEqual(JSON.parse((await runClient('--url', url, ...load, '--json')).stdout).statuses, {
    200: 75,
    503: 25,
  });
  assert.match(
    (await runClient('--url', url, ...load)).stdout,
    /answers by status\n +75 {2}200\n +25 {2}503\n/,
  );
});

test('a threshold that is broken ends with 7, and says which one with its value', async (t) => {
  const url = await failing(t, 4);
  const argv = [
    ...load,
    '--fail-if',
    'failures > 1%',
    '--fail-if',
    'max > 1h',
    '--fail-if',
    'rejected >= 26',
  ];
  const text = await runClient('--url', url, ...argv);
  assert.equal(text.code, 7);
  assert.match(text.stderr, /THRESHOLD_BROKEN: .*failures > 1%: it is 25\u00a0%$/m);
  assert.match(
    text.stdout,
    /thresholds \(--fail-if\)\n +BROKEN {2}failures > 1%: it is 25\u00a0%\n +kept {2}max > 1h: /,
  );
  const json = await runClient('--url', url, ...argv, '--json');
  assert.equal(json.code, 7);
  const { thresholds } = JSON.parse(json.stdout);
  assert.deepEqual(thresholds[0], {
    threshold: 'failures > 1%',
    limit: 0.01,
    unit: 'share',
    value: 0.25,
    broken: true,
  });
  assert.deepEqual(
    thresholds.map(({ broken }: { broken: boolean }) => broken),
    [true, false, false],
  );
});

test('where nothing breaks it ends with 0', async (t) => {
  const kept = ['failures > 25%', 'answered < 75', 'timeout > 0', 'throughput < 0.001/s', 'p50 > 1h'];
  const { code, stderr } = await runClient(
    '--url',
    await failing(t, 4),
    ...load,
    ...kept.flatMap((one) => ['--fail-if', one]),
  );
  assert.equal(code, 0, stderr);
});

test('what is not known cannot be ruled out: it ends with 7', async (t) => {
  const url = await failing(t, 1_000);
  for (const unknown of ['p999 > 1h', 'service.p50 > 1h', 'lag.max > 1h']) {
    const { code, stderr } = await runClient('--url', url, ...load, '--fail-if', unknown);
    assert.equal(code, 7, unknown);
    assert.match(stderr, /not known, too few requests/);
  }
});

test('the variable FAIL_IF has several, and is told in the language of the reader', async (t) => {
  const url = await failing(t, 1);
  const variables = { FAIL_IF: 'p50 > 1h; rejected > 50%' };
  const { code, stderr } = await startClient(['--url', url, ...load, '--lang', 'pt-BR'], variables).ended;
  assert.equal(code, 7);
  assert.match(stderr, /p50 > 1h: não se sabe, .*; rejected > 50%: é 100\u00a0%/);
});

test('nobody answers: the failures are seen', async () => {
  const { url, server } = await rawServer(() => {});
  await new Promise((resolve) => server.close(resolve));
  const { code } = await runClient('--url', url, '--ready-wait', '1ms', '--fail-if', 'refused > 0');
  assert.equal(code, 7);
});

test('a threshold that nothing or everything breaks is refused: such a gate judges nothing', async () => {
  for (const idle of [
    'failures > 100%',
    'failures > 250%',
    'rejected <= 100%',
    'p95 >= 0',
    'throughput < 0',
  ]) {
    const { code, stderr } = await runClient('--url', 'http://127.0.0.1:1/', '--fail-if', idle);
    assert.deepEqual([code, /OPTION_INVALID: --fail-if is /.test(stderr)], [2, true], `${idle}: ${stderr}`);
  }
});
