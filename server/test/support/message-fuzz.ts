import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { defaultLimits } from '../../src/http/app.ts';
import { parseMessage } from '../../src/http/message.ts';
import { rowWithoutSequence } from '../../src/ledger/row.ts';

const text = fc.string({ unit: 'binary', maxLength: 20 });
const hostile = fc.constantFrom('=1', '"', ',', '\ud800', '\ufeff', '\n', '\0', 'a,"b"', 'plain');
const odd = fc.jsonValue({ maxDepth: 1 });
const value = fc.oneof(
  { weight: 9, arbitrary: hostile },
  { weight: 9, arbitrary: text },
  { weight: 1, arbitrary: odd },
);
const number = fc.oneof(
  { weight: 9, arbitrary: fc.integer() },
  { weight: 9, arbitrary: hostile },
  { weight: 1, arbitrary: odd },
);
const said = fc.record({ run: value, cell: value, client: number, message: number });
const body = fc.oneof(
  said.map((object) => Buffer.from(JSON.stringify(object))),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  fc.json({ maxDepth: 2 }).map((text) => Buffer.from(text)),
);

/** Parses `runs` generated bodies: each is refused, or gives one row of 12 cells in one line. Returns how many rows. */
export function fuzzMessages(runs: number, seed: number): number {
  let rows = 0;
  fc.assert(
    fc.property(body, (bytes) => {
      const message = parseMessage(bytes, defaultLimits);
      if ('code' in message) return;
      rows++;
      const request = {
        requestId: 'a',
        method: 'POST',
        path: '/messages',
        status: 201,
        receivedUs: 1,
        message,
      } as const;
      const row = rowWithoutSequence(request, { replica: 'r', queueUs: 0, serviceUs: 0 });
      assert.equal(row.indexOf('\n'), row.length - 1);
      assert.equal((parse(row) as string[][])[0]?.length, 12);
    }),
    { numRuns: runs, seed },
  );
  return rows;
}
