import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Results } from '@escala/model';
import { parse } from 'csv-parse/sync';
import type { Fault } from '../conformance/wrong-server.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { escala } from './escala.ts';

const planted = join(import.meta.dirname, 'planted-wrong-system.ts');
/** 60 requests in one cell: the planted server loses every 25th and doubles every 20th that it receives. */
const experiment = (fault: Fault) => `
systems:
  - { name: wrong, command: [${process.execPath}, ${planted}, ${fault}] }
replicas: 1
clients: 3
messages: 20
warmup: 0
`;

for (const [fault, state, count] of [
  ['loses a row', 'missing', 2],
  ['doubles a row', 'duplicated', 3],
] as const) {
  test(`a system that ${fault} leaves its cell INVALID, named, and not drawn as valid`, async (context) => {
    const folder = temporaryFolder(context);
    const [file, run] = [join(folder, 'wrong.yaml'), join(folder, 'run')];
    writeFileSync(file, experiment(fault));
    const { code, stderr } = await escala('run', file, '--out', run);
    assert.equal(code, 6, stderr);
    assert.match(stderr, /wrong-r1-c3-m20, round 1: INVALID: .*[\s\S]*LEDGER_OPEN[\s\S]*wrong-r1-c3-m20\/1/);

    const rows = parse(readFileSync(join(run, 'requests.csv')), { columns: true }) as Record<
      string,
      string
    >[];
    assert.equal(rows.filter((row) => row['ledger'] === state).length, count);
    const results = JSON.parse(readFileSync(join(run, 'results.json'), 'utf8')) as Results;
    assert.deepEqual(results.totals.verdicts, { VALID: 0, SUSPECT: 0, INVALID: 1 });
    assert.equal(results.totals.ledgerCloses, false);
    const drawn = readdirSync(join(run, 'figures')).filter((name) => /^(throughput|latency)/.test(name));
    assert.deepEqual(drawn, [], 'no throughput and no latency of it is drawn');

    const { code: verified, stdout } = await escala('verify', run, '--json');
    assert.equal(verified, 6);
    assert.match(stdout, /wrong-r1-c3-m20/);
  });
}
