import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { headerLine, ledgerColumns } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import type { Deployment } from '../src/targets/contract/target.ts';
import { LedgerCursor } from '../src/trial/collect.ts';

const header = headerLine(ledgerColumns);

/** The ledger of one replica as `text` has it now, in chunks of `chunkBytes`. */
function ledger(text: string, chunkBytes = 7): Deployment {
  const bytes = Buffer.from(text);
  return {
    async *collectLedgers(fromByte: ReadonlyMap<string, number>) {
      async function* chunks() {
        for (let at = fromByte.get('a') ?? 0; at < bytes.length; at += chunkBytes)
          yield bytes.subarray(at, at + chunkBytes);
      }
      yield { replica: 'a', chunks: chunks(), toByte: () => bytes.length };
    },
  } as Partial<Deployment> as Deployment;
}

async function collector(context: TestContext) {
  const folder = temporaryFolder(context);
  const cursor = new LedgerCursor();
  return async (deployment: Deployment) => {
    const files = await cursor.collect(deployment, folder);
    return readFile(files[0] as string, 'utf8');
  };
}

test('a row that a killed replica had begun is no row', async (context) => {
  const collect = await collector(context);
  assert.equal(await collect(ledger(`${header}1,one\n2,tw`)), `${header}1,one\n`);
});

test('a row that was not whole belongs to the trial in which it is', async (context) => {
  const collect = await collector(context);
  await collect(ledger(`${header}1,one\n2,tw`));
  assert.equal(await collect(ledger(`${header}1,one\n2,two\n3,thr`)), `${header}2,two\n`);
  assert.equal(await collect(ledger(`${header}1,one\n2,two\n3,three\n`)), `${header}3,three\n`);
});

test('a replica that ended before its first line has a ledger without rows', async (context) => {
  const collect = await collector(context);
  assert.equal(await collect(ledger('')), header);
  assert.equal(await collect(ledger(header.slice(0, 9))), header);
  assert.equal(await collect(ledger(`${header}1,one\n`)), `${header}1,one\n`);
});
