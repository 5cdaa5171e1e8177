import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerParser } from '../src/http/answer-parser.ts';

const whole = {
  'a body with a length': 'HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello',
  'a body in chunks':
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\nt: 1\r\n\r\n',
  'an answer after interim ones':
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nlink: a\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length:5\r\n\r\nhello',
  'a folded line': 'HTTP/1.1 200 OK\r\na: b\r\n folded: 1\r\n\t \r\ncontent-length: 5\r\n\r\nhello',
  'a length on a line of its own': 'HTTP/1.1 200 OK\r\ncontent-length:\r\n 5\r\n  \r\n\r\nhello',
  'a folded list of options': 'HTTP/1.0 200 OK\nconnection:\n\tkeep-alive\ncontent-length: 5\n\nhello',
  'a folded coding': 'HTTP/1.1 200 OK\r\ntransfer-encoding:\r\n chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  'the same length twice': 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 5\r\n\r\nhello',
  'a status without a phrase': 'HTTP/1.1 200\r\ncontent-length:5\r\n\r\nhello',
  'lines that end in a bare line feed': 'HTTP/1.1 200 OK\ncontent-length: 5 \n\nhello',
};

for (const [name, text] of Object.entries(whole)) {
  test(`${name} is read the same wherever it is cut`, () => {
    for (let cut = 0; cut <= text.length; cut++) {
      const parser = new AnswerParser();
      const bytes = Buffer.from(text, 'latin1');
      if (cut > 0) assert.equal(parser.feed(bytes, 0, cut), cut);
      if (cut < text.length) assert.equal(parser.feed(bytes, cut, text.length), text.length);
      assert.equal(parser.phase, 'done', `cut at ${cut}`);
      assert.equal(parser.bodyBytes, 5);
      assert.equal(parser.body.toString('latin1', parser.bodyFrom, parser.bodyTo), 'hello');
      assert.equal(parser.head.keepAlive, true);
    }
  });

  test(`${name} is read the same byte by byte`, () => {
    const parser = new AnswerParser();
    for (const byte of Buffer.from(text, 'latin1')) parser.feed(Buffer.from([byte]), 0, 1);
    assert.equal(parser.phase, 'done');
    assert.equal(parser.bodyBytes, 5);
  });
}

test('bytes after an answer are left to the caller', () => {
  const parser = new AnswerParser();
  const bytes = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n', 'latin1');
  assert.equal(parser.feed(bytes, 0, bytes.length), bytes.indexOf('okHTTP') + 2);
});

test('without a length the body ends with the connection', () => {
  const parser = new AnswerParser();
  const bytes = Buffer.from('HTTP/1.0 200 OK\r\n\r\nhello', 'latin1');
  parser.feed(bytes, 0, bytes.length);
  assert.equal(parser.phase, 'until-close');
  assert.equal(parser.end(), true);
  assert.equal(parser.bodyBytes, 5);
  assert.equal(parser.head.keepAlive, false);
});

test('an answer that is cut off is not complete', () => {
  const parser = new AnswerParser();
  const bytes = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhello', 'latin1');
  parser.feed(bytes, 0, bytes.length);
  assert.equal(parser.end(), false);
});

test('answers without a body have none, whatever their length says', () => {
  for (const [method, status] of [
    ['HEAD', 200],
    ['GET', 204],
    ['GET', 304],
  ] as const) {
    const parser = new AnswerParser();
    parser.reset(method === 'HEAD');
    const bytes = Buffer.from(`HTTP/1.1 ${status} X\r\ncontent-length: 9\r\n\r\n`, 'latin1');
    parser.feed(bytes, 0, bytes.length);
    assert.equal(parser.phase, 'done', `${method} ${status}`);
  }
});

test('what contradicts itself or is not HTTP is broken', () => {
  const broken = [
    'SSH-2.0-OpenSSH\r\n',
    'HTTP/2 200\r\n\r\n',
    'HTTP/1.1 2x0 OK\r\n\r\n',
    'HTTP/1.1 200 OK\r\nno colon\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
    'HTTP/1.1 200 OK\r\n folded: first\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n 2\r\n\r\n',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nabc\r\n',
    `HTTP/1.1 200 OK\r\na: ${'x'.repeat(70_000)}`,
  ];
  for (const text of broken) {
    const parser = new AnswerParser();
    parser.feed(Buffer.from(text, 'latin1'), 0, text.length);
    assert.equal(parser.phase, 'broken', JSON.stringify(text.slice(0, 60)));
  }
});
