import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { rawServer, runClient, startClient } from './program.ts';

const url = ['--url', 'http://127.0.0.1:1/'];

test('settings of the loop that is not meant are a conflict, from flags and from variables', async () => {
  const conflicts: [string[], NodeJS.ProcessEnv, RegExp][] = [
    [['--clients', '1', '--messages', '3', '--duration', '30s'], {}, /--duration and --messages exclude/],
    [['--rate', '10', '--messages', '3'], {}, /--rate and --messages exclude/],
    [['--rate', '10'], { CLIENTS: '3' }, /--rate and CLIENTS exclude/],
    [['--think-time', '1ms'], { RATE: '10' }, /RATE and --think-time exclude/],
    [['--max-connections', '3', '--clients', '2'], {}, /--max-connections and --clients exclude/],
    [[], { DURATION: '30s' }, /RATE_MISSING: DURATION is of an open loop/],
    [['--arrivals', 'uniform'], {}, /RATE_MISSING: --arrivals is of an open loop/],
  ];
  for (const [argv, variables, says] of conflicts) {
    const { code, stderr, stdout } = await startClient([...url, ...argv], variables).ended;
    assert.deepEqual([code, stdout], [2, ''], stderr);
    assert.match(stderr, says);
  }
});

test('fields that the client writes itself, unbounded sizes and odd URLs are refused by a sentence', async () => {
  const own = [
    'Content-Length: 3',
    'Transfer-Encoding: chunked',
    'connection: close',
    'X-Request-Id: a',
    'TE: trailers',
  ];
  const wrong: [string, string, RegExp][] = [
    ...own.map((field): [string, string, RegExp] => [
      '--header',
      field,
      /the client itself writes or rules out/,
    ]),
    ['--header', 'a: b\u0001', /"name: value"/],
    ['--payload', '600MiB', /at most 64MiB/],
    ['--timeout', '1000h', /at most 168h/],
    ['--timeout', '0', /above 0/],
    ['--url', 'localhost:8080', /did you mean http:\/\/localhost:8080\?/],
    ['--url', '[::1]:8080', /did you mean http:\/\/\[::1\]:8080\?/],
    ['--url', 'ftp://localhost/', /such as http:\/\/localhost:8080\n/],
    ['--url', 'unix:/tmp/socket', /such as http:\/\/localhost:8080\n/],
    ['--url', 'http://localhost:99999', /such as http:\/\/localhost:8080\n/],
    ['--url', 'http://h:0/', /an http or https URL/],
    ['--url', 'http:///path', /an http or https URL/],
    ['--url', 'ftp://h/', /an http or https URL/],
    ['--url', 'http://a%3Ab:c@h/', /an http or https URL/],
    ['--run', '-1-1', /not beginning with -/],
    ['--cell', 'a\u2028b', /without line breaks/],
  ];
  for (const [option, value, says] of wrong) {
    const { code, stderr, stdout } = await runClient(...url, `${option}=${value}`);
    assert.deepEqual([code, stdout], [2, ''], `${option} ${value}: ${stderr}`);
    assert.match(stderr, says);
  }
});

test('a password in a URL is sent as basic authorization, and stands in no message and no file', async (t) => {
  const seen: string[] = [];
  const { url, server } = await rawServer((socket, text) => {
    seen.push(text);
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
  });
  t.after(() => server.close());
  const out = join(temporaryFolder(t), 'rows.csv');
  const withUser = url.replace('//', '//us%20er:s%C3%A9cret%40@').replace('http', 'HTTP');
  const { stdout, stderr, code } = await runClient(
    '--url',
    withUser,
    '--clients',
    '1',
    '--messages',
    '2',
    '--out',
    out,
  );
  assert.equal(code, 0, stderr);
  const expected = Buffer.from('us er:sécret@').toString('base64');
  for (const text of seen) {
    assert.match(text, /^POST \/ HTTP\/1\.1\r\n/);
    assert.ok(text.includes(`\r\nauthorization: Basic ${expected}\r\n`));
    assert.match(text, /\r\nhost: 127\.0\.0\.1:\d+\r\n/);
  }
  assert.equal(seen.length, 2);
  const refused = await runClient('--url', 'ftp://user:secret@h/');
  const bare = await runClient('--url', 'user:secret@localhost:8080');
  const both = await runClient('--url', withUser, '--header', 'Authorization: Bearer x');
  assert.match(both.stderr, /--header authorization and the user in --url exclude each other/);
  assert.match(refused.stderr, /ftp:\/\/\*\*\*@h\//);
  for (const text of [stdout, stderr, refused.stderr, bare.stderr, both.stderr, readFileSync(out, 'utf8')]) {
    assert.ok(!/s[eé]cret|s%C3/.test(text), text);
  }
});

test('a large payload is one copy in memory, and arrives whole', async (t) => {
  let bytes = 0;
  const { url, server } = await rawServer((socket, text) => {
    bytes += text.length;
    if (text.endsWith('"}')) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
  });
  t.after(() => server.close());
  const argv = ['--url', url, '--clients', '4', '--messages', '2', '--payload', '16MiB', '--json'];
  const { stdout } = await runClient(...argv);
  assert.equal(JSON.parse(stdout).answered, 8);
  assert.ok(bytes > 8 * 16 * 2 ** 20);
});
