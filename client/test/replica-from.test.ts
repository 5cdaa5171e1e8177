import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type TestContext, test } from 'node:test';
import { listen } from '../../test/listen.ts';
import { runClient } from './program.ts';

/** A service of three replicas that take turns; each says its name in a header and inside its body. */
async function service(
  t: TestContext,
  body = (name: string) => JSON.stringify({ a: [{ b: 1 }], pod: { id: 7, name } }),
) {
  let turn = 0;
  const server = createServer((_, response) => {
    const name = `pod-${turn++ % 3}`;
    const half = Math.floor(body(name).length / 2);
    response.writeHead(200, { 'X-Served-By': name, 'x-served-by-other': 'no' });
    response.write(body(name).slice(0, half));
    response.end(body(name).slice(half));
  });
  return `http://127.0.0.1:${await listen(t, server)}/`;
}

const replicasOf = async (url: string, place: string) => {
  const argv = ['--url', url, '--method', 'GET', '--clients', '1', '--messages', '9', '--json'];
  const { stdout, stderr } = await runClient(...argv, '--replica-from', place);
  return JSON.parse(stdout || assert.fail(stderr)).replicas;
};
const even = { 'pod-0': 3, 'pod-1': 3, 'pod-2': 3 };

test('a header or a field of a JSON body names the replica, whatever its case and depth', async (t) => {
  const url = await service(t);
  assert.deepEqual(await replicasOf(url, 'header:x-served-BY'), even);
  assert.deepEqual(await replicasOf(url, 'json:pod.name'), even);
  assert.deepEqual(await replicasOf(url, 'json:pod.id'), { 7: 9 });
  for (const place of ['header:x-served', 'json:name', 'json:a.b', 'json:pod'])
    assert.deepEqual(await replicasOf(url, place), {}, place);
});

test('a body that is no JSON, or breaks off, names what is in its beginning or nothing', async (t) => {
  const cut = await service(t, (name) => `{"name":"${name}","rest":"${'x'.repeat(5_000)}`);
  assert.deepEqual(await replicasOf(cut, 'json:name'), even);
  for (const body of [
    'name',
    '{"name"',
    '[{"name":"a"}]',
    '{"name":{"name":"a"}}',
    '{"x":"\\"name\\":\\"a\\""}',
  ])
    assert.deepEqual(await replicasOf(await service(t, () => body), 'json:name'), {}, body);
});

test('a place that is none is refused', async () => {
  for (const place of ['x-served-by', 'header:', 'header:a b', 'json:a..b', 'cookie:a']) {
    const { code, stderr } = await runClient('--url', 'http://127.0.0.1:9', '--replica-from', place);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /--replica-from is .* it takes header:NAME or json:FIELD/);
  }
});
