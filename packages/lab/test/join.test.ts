import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Cell, clientColumns, headerLine, ledgerColumns, requestColumns, rowLine } from '@escala/model';
import { parse } from 'csv-parse/sync';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { joinTrial } from '../src/trial/join.ts';
import { LedgerIndex } from '../src/trial/ledger-index.ts';

const identity = { run: 'run', cell: 'node-r1-c1-m5', planIndex: 3, round: 2, attempt: 1 };
const label = 'node-r1-c1-m5/2.1';
const cell = { key: identity.cell, system: 'node', replicas: 1, clients: 1, messages: 5 } as Cell;
const clientRow = (id: string, outcome: string) =>
  rowLine(clientColumns, [
    id,
    'run',
    label,
    1,
    1,
    undefined,
    10,
    20,
    10,
    outcome === 'answered' ? 201 : undefined,
    outcome,
    'a',
    5,
    undefined,
  ]);
const ledgerRow = (id: string, inCell = label, run = 'run') =>
  rowLine(ledgerColumns, [1, id, run, inCell, 1, 1, 'a', 15, 2, 3, 'POST', '/messages', 201]);

const folder = temporaryFolder(test);

async function joined(client: string[], ledger: string[], keepsLedger = true) {
  const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const { counts, strangeRows } = await joinTrial({
    identity,
    cell,
    planned: 5,
    clientFiles: [await file('client.csv', headerLine(clientColumns) + client.join(''))],
    ledgerFiles: [await file('ledger.csv', headerLine(ledgerColumns) + ledger.join(''))],
    keepsLedger,
    out: join(folder, 'requests.csv'),
  });
  const text = await readFile(join(folder, 'requests.csv'), 'utf8');
  const rows = parse(text, { columns: true }) as Record<string, string>[];
  return { counts, strangeRows, rows, header: text.split('\n')[0] };
}

test('each row says what the ledger knows of it', async () => {
  const { counts, rows, header } = await joined(
    [
      clientRow('run.3.2.1.1.1', 'answered'),
      clientRow('run.3.2.1.1.2', 'answered'),
      clientRow('run.3.2.1.1.3', 'timeout'),
      clientRow('run.3.2.1.1.4', 'reset'),
      clientRow('run.3.2.1.1.5', 'answered'),
    ],
    [
      ledgerRow('run.3.2.1.1.1'),
      ledgerRow('run.3.2.1.1.3'),
      ledgerRow('run.3.2.1.1.5'),
      ledgerRow('run.3.2.1.1.5'),
      ledgerRow('foreign'),
    ],
  );
  assert.equal(header, requestColumns.map(({ name }) => name).join(','));
  assert.deepEqual(
    rows.map(({ ledger }) => ledger),
    ['recorded', 'missing', 'recorded', 'none', 'duplicated', 'unexpected'],
  );
  assert.deepEqual(counts.ledger, { recorded: 2, missing: 1, none: 1, duplicated: 1, unexpected: 1 });
  assert.equal(counts.requests, 5);
  assert.deepEqual(counts.outcomes, {
    answered: 3,
    rejected: 0,
    refused: 0,
    reset: 1,
    timeout: 1,
    unsent: 0,
  });
});

test('rows of another run in a ledger are counted by replica, whatever their cell', async () => {
  const others = [ledgerRow('other.1', 'warmup', 'other'), ledgerRow('other.2', 'elsewhere/1.1', 'other')];
  const { counts, strangeRows } = await joined(
    [clientRow('run.3.2.1.1.1', 'answered')],
    [...others, ledgerRow('run.3.2.1.1.1')],
  );
  assert.deepEqual([...strangeRows], [['a', 2]]);
  assert.equal(counts.ledger.recorded, 1);
});

test('nothing is missing from the ledger of a system that keeps none', async () => {
  const { counts } = await joined([clientRow('run.3.2.1.1.1', 'answered')], [], false);
  assert.deepEqual(counts.ledger, { recorded: 0, missing: 0, none: 1, duplicated: 0, unexpected: 0 });
});

test('an unexpected row takes what it can from the ledger, and the rest is empty', async () => {
  const { rows } = await joined([], [ledgerRow('foreign')]);
  const row = rows[0] ?? {};
  assert.deepEqual(
    [
      row['request_id'],
      row['run'],
      row['cell'],
      row['client'],
      row['message'],
      row['replica'],
      row['received_us'],
    ],
    ['foreign', 'run', label, '1', '1', 'a', '15'],
  );
  assert.deepEqual([row['sent_us'], row['outcome'], row['bytes']], ['', '', '']);
});

test('rows of the warm-up and of other attempts are not unexpected', async () => {
  const { counts } = await joined(
    [clientRow('run.3.2.1.1.1', 'answered')],
    [ledgerRow('w', 'warmup'), ledgerRow('old', 'node-r1-c1-m5/2.0'), ledgerRow('run.3.2.1.1.1')],
  );
  assert.deepEqual(counts.ledger, { recorded: 1, missing: 0, none: 0, duplicated: 0, unexpected: 0 });
});

test('a join in several passes takes each id in exactly one of them', () => {
  const ids = Array.from({ length: 500 }, (_, i) => `p.${1 + (i % 7)}.${i}`).concat('other', 'p.x.1');
  const passes = 3;
  const owners = ids.map((id) =>
    [0, 1, 2].filter((pass) => new LedgerIndex({ prefix: 'p', passes, pass }).isMine(id)),
  );
  assert.ok(owners.every((owner) => owner.length === 1));
});

test('an index keeps thousands of rows and gives each back once', () => {
  const index = new LedgerIndex({ prefix: 'p', passes: 1, pass: 0 });
  for (let i = 1; i <= 5_000; i++) index.add(`p.1.${i}`, i, 2 * i, 3 * i);
  assert.deepEqual(index.take('p.1.4321'), { copies: 1, times: [4_321, 8_642, 12_963] });
  assert.equal(index.take('p.1.4321'), undefined);
  assert.equal(index.untaken, 4_999);
});
