// DuckDB alone over the same files, whose list is on standard input: once with every column parsed, and once with none,
// which is what finding the rows alone costs. Prints seconds as JSON.
import { readFileSync } from 'node:fs';
import { requestColumns } from '@escala/model';
import { openEngine } from '../../packages/analysis/src/run/engine.ts';
import { readRequests } from '../../packages/analysis/src/run/load-rows.ts';

const files = JSON.parse(readFileSync(0, 'utf8')) as string[];
const names = requestColumns.map(({ name }) => name);
await using engine = await openEngine();
const all = await secondsOf(`SELECT ${names.map((name) => `max(${name}) AS ${name}`).join(', ')}`);
const none = await secondsOf('SELECT count(*)');
process.stdout.write(JSON.stringify({ seconds: all, countSeconds: none }));

async function secondsOf(select: string): Promise<number> {
  const before = performance.now();
  await engine.rows(`${select} FROM ${readRequests(files, names)}`);
  return (performance.now() - before) / 1_000;
}
