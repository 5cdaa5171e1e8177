import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ledgerColumns, rowLine } from '@escala/model';
import fc from 'fast-check';
import { rowWithoutSequence } from '../src/ledger/row.ts';

test('a row is what the column table says, for any text', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(
      text,
      text,
      fc.oneof(text, fc.integer()),
      fc.oneof(text, fc.integer()),
      (run, cell, client, message) => {
        const request = {
          requestId: 'a.1',
          method: 'POST',
          path: '/messages',
          status: 201,
          receivedUs: 5,
        } as const;
        const row = rowWithoutSequence(
          { ...request, message: { run, cell, client, message } },
          { replica: 'r1', queueUs: 6, serviceUs: 7 },
        );
        const cells = [1, 'a.1', run, cell, client, message, 'r1', 5, 6, 7, 'POST', '/messages', 201];
        assert.equal(`1,${row}`, rowLine(ledgerColumns, cells));
      },
    ),
  );
});
