import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Results } from '@escala/model';
import { parse } from 'csv-parse/sync';
import { temporaryFolder } from '../temporary-folder.ts';
import { escala, projectFolder } from './escala.ts';

/** Fields that an event has only where the experiment varies them, as its page says. */
const varied: ReadonlySet<string> = new Set(['storage']);

/** The fields of each event, as the reference page names them. */
function documentedFields(): Map<string, readonly string[]> {
  const page = readFileSync(join(projectFolder, 'docs/reference/events.md'), 'utf8');
  const sections = page.split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => [
      /^`([\w-]+)`/.exec(section)?.[1] ?? '',
      [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, field]) => field ?? ''),
    ]),
  );
}

/**
 * Reads the text format as a Prometheus server does: HELP and TYPE before the samples of a family, label values quoted and
 * escaped, no series twice. Returns the samples by family.
 */
function readPrometheus(text: string): Map<string, number[]> {
  assert.ok(text.endsWith('\n'));
  const families = new Map<string, number[]>();
  const series = new Set<string>();
  let helped = '';
  for (const line of text.trimEnd().split('\n')) {
    const [, help] = /^# HELP ([a-z0-9_]+) \S/.exec(line) ?? [];
    const [, typed] = /^# TYPE ([a-z0-9_]+) gauge$/.exec(line) ?? [];
    const label = String.raw`[a-z_]+="(?:[^"\\\n]|\\["\\n])*"`;
    const sample = new RegExp(String.raw`^([a-z0-9_]+)(\{${label}(?:,${label})*\}) (\S+)$`).exec(line);
    if (help) helped = help;
    else if (typed) {
      assert.equal(typed, helped, line);
      assert.ok(!families.has(typed), `${typed} comes twice`);
      families.set(typed, []);
    } else {
      const [, name = '', labels = '', value = ''] = sample ?? assert.fail(`not a sample: ${line}`);
      assert.ok(!series.has(name + labels), `the series comes twice: ${line}`);
      series.add(name + labels);
      assert.ok(Number.isFinite(Number(value)), line);
      const family = families.get(name) ?? assert.fail(`${name} has no type`);
      family.push(Number(value));
    }
  }
  return families;
}

test('run --json prints documented events and nothing else, and export what other programs read', async (context) => {
  const folder = temporaryFolder(context);
  const [file, run] = [join(folder, 'small.yaml'), join(folder, 'run')];
  // Clients that think make the trials long enough for events of their progress.
  writeFileSync(file, 'replicas: [1, 2]\nclients: 4\nmessages: [1, 12]\nthinkTime: 150ms\nrounds: 1\n');
  const ended = await escala('run', file, '--json', '--out', run);
  assert.deepEqual([ended.code, ended.stderr], [0, '']);

  const fields = documentedFields();
  const events = ended.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown> & { type: string; atUs: number });
  for (const { type, atUs, ...data } of events) {
    assert.ok(Number.isSafeInteger(atUs), type);
    const documented = fields.get(type);
    assert.ok(documented, `${type} is not in docs/reference/events.md`);
    const always = documented.filter((field) => !varied.has(field));
    assert.deepEqual(Object.keys(data).sort(), always.toSorted(), type);
  }
  const count = (type: string) => events.filter((event) => event.type === type).length;
  assert.equal(events[0]?.type, 'run-started');
  assert.equal(events.at(-1)?.type, 'run-finished');
  for (const type of ['trial-prepared', 'trial-started', 'trial-finished', 'trial-judged'])
    assert.equal(count(type), 2 * 2, type);
  assert.ok(count('trial-progress') > 0);

  const exported = async (format: string) => {
    const out = join(folder, `export.${format}`);
    const { code, stderr } = await escala('export', run, '--format', format, '--out', out);
    assert.equal(code, 0, stderr);
    return out;
  };
  const rows = readFileSync(join(run, 'requests.csv'), 'utf8');
  const results = JSON.parse(readFileSync(join(run, 'results.json'), 'utf8')) as Results;

  await context.test('export as CSV is the rows, as JSON the results', async () => {
    assert.equal(readFileSync(await exported('csv'), 'utf8'), rows);
    assert.deepEqual(JSON.parse(readFileSync(await exported('json'), 'utf8')), results);
  });

  await context.test(
    'export as Parquet is read by DuckDB, with the columns and rows of the CSV',
    async () => {
      const file = await exported('parquet');
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      const read = await connection.runAndReadAll(`SELECT * FROM read_parquet('${file}')`);
      assert.deepEqual(read.columnNames(), rows.slice(0, rows.indexOf('\n')).split(','));
      const ids = read.getRowObjects().map((row) => row['request_id']);
      assert.deepEqual(
        ids.sort(),
        (parse(rows, { columns: true }) as { request_id: string }[]).map((row) => row.request_id).sort(),
      );
      connection.closeSync();
    },
  );

  await context.test('export for Prometheus is well formed, and holds the number of each cell', async () => {
    const families = readPrometheus(readFileSync(await exported('prometheus'), 'utf8'));
    assert.deepEqual(
      families.get('escala_throughput_requests_per_second'),
      results.cells.map(({ throughput }) => throughput?.value),
    );
    assert.equal(families.get('escala_cell_valid')?.length, results.cells.length);
  });

  await context.test('an export of no run is 3, to no place is 4', async () => {
    assert.equal((await escala('export', folder, '--out', join(folder, 'x'))).code, 3);
    assert.equal((await escala('export', run, '--out', join(folder, 'missing', 'x'))).code, 4);
  });
});
