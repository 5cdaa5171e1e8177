import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import { EscalaError, ledgerStates, outcomes, record } from '@escala/model';

/** DuckDB's own memory; beyond it, it spills to a temporary folder. The process needs some more. */
const memoryLimit = '900MB';
/** More threads than cores would only take memory. */
const threadsMax = 8;

/** A value of an answer: integers that fit are numbers; sums of squares may be bigger and stay exact. */
export type Value = number | bigint | string | null | readonly Value[];
export type Row = Readonly<Record<string, Value>>;

/** One in-memory database, kept warm between questions. */
export interface Engine extends AsyncDisposable {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly Row[]>;
  openAppender(table: string, types: readonly (keyof typeof appendedTypes)[]): Promise<Appender>;
}

const appendedTypes = { integer: INTEGER, double: DOUBLE, text: VARCHAR } as const;

/** Puts rows at the end of a table, up to 2,048 at once. */
interface Appender {
  append(rows: readonly (readonly Value[])[]): void;
  /** They are all there when this was called. */
  close(): void;
}

/** Opens DuckDB in memory. It makes its temporary folder when it first spills, and removes it when it is closed. */
export async function openEngine(): Promise<Engine> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: memoryLimit,
    temp_directory: join(tmpdir(), `escala-analysis-${randomUUID()}`),
    // Answers are ordered by us where order matters; without this promise loading is a tenth quicker.
    preserve_insertion_order: 'false',
  });
  const connection = await instance.connect();
  await prepare(connection);
  return {
    run: async (sql) => void (await connection.run(sql).catch(throwShortage)),
    rows: async (sql) => {
      const answer = await connection.runAndReadAll(sql).catch(throwShortage);
      return answer.getRowObjectsJS().map(plainRow);
    },
    openAppender: (table, types) => openAppender(connection, table, types),
    async [Symbol.asyncDispose]() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** DuckDB says only in words that the machine has too little memory, or too little room for what it spills. */
function throwShortage(cause: Error): never {
  if (cause.message.startsWith('Out of Memory Error')) throw new EscalaError('MEMORY_FULL', {}, { cause });
  if (/No space left on device/.test(cause.message))
    throw new EscalaError('DISK_FULL', { file: tmpdir() }, { cause });
  throw cause;
}

async function openAppender(
  connection: DuckDBConnection,
  table: string,
  names: readonly (keyof typeof appendedTypes)[],
): Promise<Appender> {
  const types = names.map((name) => appendedTypes[name]);
  const appender = await connection.createAppender(table);
  return {
    append(rows) {
      const chunk = DuckDBDataChunk.create(types, rows.length);
      chunk.setColumns(types.map((_, i) => rows.map((row) => row[i] as number | string | null)));
      appender.appendDataChunk(chunk);
    },
    close: () => appender.closeSync(),
  };
}

async function prepare(connection: DuckDBConnection): Promise<void> {
  const { availableParallelism } = await import('node:os');
  await connection.run(`SET threads = ${Math.min(availableParallelism(), threadsMax)}`);
  await connection.run(`CREATE TYPE outcome AS ENUM (${outcomes.map(quoted).join(', ')})`);
  await connection.run(`CREATE TYPE ledger_state AS ENUM (${ledgerStates.map(quoted).join(', ')})`);
}

/** Text as an SQL literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * The table function that reads CSV files of ours: exactly these files, with these columns and SQL types in the order of
 * their headers. A folder `name=value` above them is no column.
 */
export function readCsv(files: readonly string[], columns: Readonly<Record<string, string>>): string {
  const typed = Object.entries(columns).map(([name, type]) => `${quoted(name)}: ${quoted(type)}`);
  return `read_csv([${files.map(filePattern).join(', ')}], columns = {${typed.join(', ')}}, auto_detect = false,
    hive_partitioning = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '')`;
}

/**
 * A file's path as DuckDB's pattern that matches this file alone: `runs/a*` would read the rows of `runs/ab` as well.
 * In a pattern a backslash cannot be written; any one character stands in for it. At the beginning a `~` would
 * be the user's home folder, a backslash the root, and a colon the end of a drive's name.
 */
function filePattern(file: string): string {
  const isPattern = /[*?[]/.test(file);
  const path = file.startsWith('/') || (!isPattern && /^[\w.]/.test(file)) ? file : `./${file}`;
  if (!isPattern) return quoted(path);
  return quoted(path.replace(/[*?[]/g, '[$&]').replaceAll('\\', '?'));
}

function plainRow(row: Readonly<Record<string, unknown>>): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: unknown): Value {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  throw new TypeError(`the database answered with a value of type ${typeof value}`);
}

/** A number that must be there: the query guarantees it. */
export function numberOf(row: Row, name: string): number {
  const value = row[name];
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  throw new TypeError(`the database answered ${String(value)} for ${name}`);
}

/** A number, or null where SQL says NULL. */
export function numberOrNull(row: Row, name: string): number | null {
  return row[name] === null || row[name] === undefined ? null : numberOf(row, name);
}

/** The columns of these names as fields: numbers that must be there. */
export function numbersOf<K extends string>(row: Row, ...names: readonly K[]): Record<K, number> {
  return record(names, (name) => numberOf(row, name));
}

/** The columns of these names as fields: numbers, or null where SQL says NULL. */
export function numbersOrNull<K extends string>(row: Row, ...names: readonly K[]): Record<K, number | null> {
  return record(names, (name) => numberOrNull(row, name));
}

/** What each trial's rows say, in their order. The rows have a column \`trial\`. */
export function byTrial<T>(rows: readonly Row[], of: (row: Row) => T): Map<number, T[]> {
  const trials = Map.groupBy(rows, (row) => numberOf(row, 'trial'));
  return new Map([...trials].map(([trial, its]) => [trial, its.map(of)]));
}

/** An exact integer of any size. */
export function integerOf(row: Row, name: string): bigint {
  const value = row[name];
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(value);
  return 0n;
}
