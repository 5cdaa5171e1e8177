import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Column } from '@escala/model';
import { EscalaError, unreadable } from '@escala/model';
import { checkHeader } from '../csv-header.ts';
import { explainCsvError } from '../csv-problem.ts';
import { type Engine, filePattern, quoted } from '../engine.ts';

const columns = [
  'client_id',
  'message_id',
  'server_id',
  'client_send_time',
  'server_processing_time',
  'client_receive_time',
  'response_time',
  'num_servers',
  'num_clients',
  'num_messages',
] as const;
const needed: readonly Column[] = columns.map((name) => ({ name, kind: 'text', doc: name }));
const types: Readonly<Record<string, string>> = {
  message_id: 'BIGINT',
  num_servers: 'INTEGER',
  num_clients: 'INTEGER',
  num_messages: 'INTEGER',
  // Decimals, not floats: seconds with microseconds become whole microseconds without rounding.
  client_send_time: 'DECIMAL(18, 6)',
  server_processing_time: 'DECIMAL(18, 6)',
  client_receive_time: 'DECIMAL(18, 6)',
  response_time: 'DECIMAL(18, 6)',
};

/** The first lines, also of a compressed file. */
async function readBeginning(file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: Error) => {
    throw unreadable(file, cause);
  });
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8', 0, 8_192);
  return text.replace(/^\uFEFF/, '');
}

/** Header and rows of one of the known files end their lines differently; only then is the reader less strict. */
function hasMixedLineEnds(text: string): boolean {
  const ends = text.match(/\r?\n/g) ?? [];
  return new Set(ends).size > 1;
}

/**
 * Reads a file in the older form into the table `origin`, times in whole µs. `line` is the place in the file, and
 * `repetition` 1 or 2 by time: each scenario's sessions, in the order of their start, in parts of `num_clients`.
 */
export async function loadOrigin(
  engine: Engine,
  file: string,
): Promise<{ readonly hasMixedLineEnds: boolean }> {
  const beginning = await readBeginning(file);
  if (beginning === '') {
    const detail = {
      en: 'the file is empty; it needs at least its header line',
      'pt-BR': 'o arquivo está vazio; precisa ao menos da linha de cabeçalho',
    };
    throw new EscalaError('DATA_INVALID', { where: `${file}:1`, detail });
  }
  const mixed = hasMixedLineEnds(beginning);
  const header = (beginning.split(/\r?\n/, 1)[0] ?? '').split(',').map((name) => name.trim());
  checkHeader(file, header, needed);
  const typed = header.map((name) => `${quoted(name)}: ${quoted(types[name] ?? 'VARCHAR')}`).join(', ');
  const us = (name: string) => `(${name}::DECIMAL(38, 6) * 1000000)::BIGINT`;
  await engine
    .run(`
    CREATE OR REPLACE TABLE origin AS
    WITH raw AS (
      SELECT *, row_number() OVER () AS line FROM read_csv(${filePattern(file)}, columns = {${typed}},
        auto_detect = false, hive_partitioning = false, header = true, delim = ',', quote = '"', escape = '"', parallel = false,
        strict_mode = ${mixed ? 'false' : 'true'}))
    SELECT line, client_id, message_id, server_id, num_servers AS replicas, num_clients AS clients,
      num_messages AS messages, ${us('client_send_time')} AS sent_us, ${us('client_receive_time')} AS done_us,
      ${us('response_time')} AS session_us,
      1 + (row_number() OVER (PARTITION BY num_servers, num_clients, num_messages ORDER BY client_send_time, line) - 1)
        // num_clients AS repetition
    FROM raw`)
    .catch(async (error) => {
      throw await explainCsvError(error);
    });
  return { hasMixedLineEnds: mixed };
}
