// DuckDB alone over the same files, whose list is on standard input: every column is parsed, nothing is asked. Prints seconds as JSON.
import { readFileSync } from 'node:fs';
import { requestColumns } from '@escala/model';
import { openEngine } from '../../packages/analysis/src/engine.ts';
import { readRequests } from '../../packages/analysis/src/load-rows.ts';

const files = JSON.parse(readFileSync(0, 'utf8')) as string[];
const names = requestColumns.map(({ name }) => name);
await using engine = await openEngine();
const before = performance.now();
await engine.rows(
  `SELECT ${names.map((name) => `max(${name}) AS ${name}`).join(', ')} FROM ${readRequests(files, names)}`,
);
process.stdout.write(JSON.stringify({ seconds: (performance.now() - before) / 1_000 }));
