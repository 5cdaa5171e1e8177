import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayReadLedger } from '../src/http/ledger-download.ts';

const from = (remoteAddress: string, authorization?: string) => ({
  socket: { remoteAddress },
  headers: { authorization },
});

test('the ledger is read over loopback, or from elsewhere with the token', () => {
  for (const address of ['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1']) {
    assert.ok(mayReadLedger(from(address), 'secret'), address);
  }
  assert.ok(mayReadLedger(from('10.0.0.7', 'Bearer secret'), 'secret'));
  for (const authorization of [
    undefined,
    '',
    'secret',
    'Bearer other',
    'Bearer secret2',
    'Bearer undefined',
  ]) {
    assert.ok(!mayReadLedger(from('10.0.0.7', authorization), 'secret'), authorization);
    assert.ok(!mayReadLedger(from('::ffff:10.0.0.7', authorization), undefined), authorization);
  }
  assert.ok(!mayReadLedger(from('::ffff:10.127.0.1'), undefined));
});
