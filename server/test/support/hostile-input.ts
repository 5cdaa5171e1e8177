import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { createRandom, ledgerColumns, type Random } from '@escala/model';
import type { Started } from '../../../test/conformance/start.ts';
import { ledgerRows } from './ledger-rows.ts';
import { exchange, rawPost } from './raw-http.ts';

const fields = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '"',
  '""',
  ',',
  "'",
  'é',
  '\u{1f600}',
  '\ud800',
  '\ufeff',
  '\u2028',
  '\\',
  '0x',
  'NULL',
  '',
  'a,b"c',
  '%00',
  '<script>',
  '{{x}}',
];
const shapes = [
  (body: string) => rawPost(body),
  (body: string) => rawPost(body, 'x-request-id: =1\r\n'),
  (body: string) => rawPost(body, 'x-odd: 1\r\n'),
  (body: string) => rawPost(body, `content-length: ${body.length + 1}\r\n`),
  (body: string) => rawPost(body, 'transfer-encoding: chunked\r\n'),
  (body: string) => rawPost(body, 'Transfer-Encoding : chunked\r\n'),
  (body: string) => `${rawPost(body)}${rawPost(body)}GET /ledger HTTP/1.1\r\n\r\n`,
  (body: string) => `GET /${encodeURI(body.toWellFormed())} HTTP/1.1\r\nhost: x\r\n\r\n`,
  (body: string) => `GET / HTTP/1.1\r\nhost: x\r\nx-request-id: a\r\n\r\n${body}`,
  (body: string) => `HEAD /metrics HTTP/1.1\r\nhost:\0x\r\n\r\n${body}`,
];

/** One exchange's bytes: a hostile value in a request of some shape, then cut, doubled or with bytes turned. */
function hostileBytes(random: Random): Buffer[] {
  const pick = <T>(from: readonly T[]) => from[random.integer(from.length)] as T;
  const said = { run: pick(fields), cell: pick(fields), client: pick(fields), message: random.integer(9) };
  const bytes = Buffer.from(pick(shapes)(JSON.stringify(said)));
  for (let turns = random.integer(4); turns > 0; turns--)
    bytes[random.integer(bytes.length)] = random.integer(256);
  const cut = random.integer(bytes.length);
  return random.integer(2) === 0 ? [bytes] : [bytes.subarray(0, cut), bytes.subarray(cut)];
}

/** Sends `count` hostile exchanges; the server must live, say nothing on stderr, and its ledger stay sound. */
export async function attack(server: Started, plan: { folder: string; count: number; seed: string }) {
  const random = createRandom(plan.seed);
  let acknowledged = 0;
  const attacker = async (count: number) => {
    for (let n = 0; n < count; n++) {
      const text = await exchange(server.port, hostileBytes(random));
      acknowledged += text.split('"serviceUs":').length - 1;
    }
  };
  await Promise.all(Array.from({ length: 20 }, () => attacker(plan.count / 20)));
  assert.equal(server.child.exitCode, null, server.stderr());
  // Those that hung up may still have rows on their way to the disk; a drained server has none.
  assert.equal(await server.end('SIGTERM'), 0);
  assert.equal(server.stderr(), '');
  const rows = ledgerRows(plan.folder);
  assert.ok(
    acknowledged > 0 && rows.length >= acknowledged,
    `${acknowledged} acknowledged, ${rows.length} rows`,
  );
  for (const [i, row] of rows.entries()) {
    assert.equal(row.sequence, String(i + 1));
    for (const cell of [row.run, row.cell, row.client]) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
  }
  assert.equal(await duckdbRows(plan.folder), rows.length);
  return { exchanges: plan.count, rows: rows.length };
}

/** The number of rows that DuckDB reads with every check switched on. */
async function duckdbRows(folder: string): Promise<number> {
  const connection = await (await DuckDBInstance.create()).connect();
  const names = ledgerColumns.map(({ name }) => `'${name}': 'VARCHAR'`).join(', ');
  const result = await connection.runAndReadAll(
    `SELECT count(*) FROM read_csv('${join(folder, 'ledger-r1.csv')}', header = true, strict_mode = true,
     delim = ',', quote = '"', escape = '"', auto_detect = false, columns = {${names}})`,
  );
  return Number(result.getRows()[0]?.[0]);
}
