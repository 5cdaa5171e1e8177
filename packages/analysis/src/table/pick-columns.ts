import { EscalaError, fillEach, sentences } from '@escala/model';
import type { Table } from './read-table.ts';

/** What columns of N are called, in the order in which they are looked for; compared by `plainName`. */
const namesOfN = [
  ...['n', 'replicas', 'num_replicas', 'servers', 'num_servers', 'servidores', 'workers', 'nodes', 'nos'],
  ...['processors', 'processadores', 'cpus', 'cores', 'nucleos', 'processes', 'processos', 'threads', 'p'],
  ...['instances', 'instancias', 'pods', 'concurrency', 'concorrencia', 'clients', 'clientes', 'users'],
  ...['usuarios', 'vus', 'connections'],
];
/** What columns of throughput are called. */
const namesOfX = [
  ...['x', 'throughput', 'throughput_per_s', 'vazao', 'xput', 'x_n', 'rps', 'tps', 'qps', 'req_s', 'reqs_s'],
  ...['requests_s', 'requests_per_second', 'requests_per_s', 'requests_sec', 'req_per_s', 'requisicoes_s'],
  ...['requisicoes_por_segundo', 'transactions_per_second', 'ops', 'ops_s', 'rate', 'taxa'],
];
const namesOfRows = ['', 'index', 'row', 'rownames', 'row_names', 'id'];

/** Lower case without accents, units in brackets and signs: `Throughput (req/s)` is `throughput`. */
function plainName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\s*[([](?!n[)\]]).*[)\]]\s*$/, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

/** Whether a column holds the names or the numbers of the rows, as R and pandas write them. */
function isRowName(name: string): boolean {
  return namesOfRows.includes(plainName(name)) || /^unnamed_\d+$/.test(plainName(name));
}

/**
 * Places of the columns of N and of throughput: those that are named; else those that are called so; else the first ones that
 * are not taken and hold no row names.
 * @throws EscalaError COLUMN_MISSING, HEADER_MISSING, DATA_INVALID where two columns have the wanted name.
 */
export function pickColumns(
  table: Table,
  wanted: readonly [string | undefined, string | undefined],
): readonly [number, number] {
  const named = wanted.map((name) => (name === undefined ? undefined : findNamed(table, name)));
  const called = [namesOfN, namesOfX];
  const picked = named.map((place, i) => place ?? findCalled(table, called[i] ?? [], named));
  const taken = [...picked];
  for (const i of [0, 1])
    taken[i] ??= table.header.findIndex((name, at) => !taken.includes(at) && !isRowName(name));
  return [checkPick(table, taken[0] ?? -1, 1), checkPick(table, taken[1] ?? -1, 2)];
}

function findNamed(table: Table, name: string): number {
  const { header } = table;
  const exact = header.indexOf(name);
  if (exact >= 0) return exact;
  const alike = header.findIndex((one) => one.toLowerCase() === name.trim().toLowerCase());
  return alike >= 0 ? alike : missing(table, `"${name}"`);
}

function findCalled(
  { header }: Table,
  names: readonly string[],
  taken: readonly (number | undefined)[],
): number | undefined {
  for (const name of names) {
    for (const isCalled of [(one: string) => one === name, (one: string) => plainName(one) === name]) {
      const place = header.findIndex((one, i) => isCalled(one) && !taken.includes(i));
      if (place >= 0) return place;
    }
  }
  return undefined;
}

function checkPick(table: Table, place: number, position: number): number {
  const { header, headerLine, name, numbers } = table;
  const title = header[place];
  if (title === undefined) return missing(table, String(position));
  const where = `${name}:${headerLine}:${place + 1}`;
  const value = numbers.read(title);
  if (value !== null && !Number.isNaN(value)) throw new EscalaError('HEADER_MISSING', { where, text: title });
  const second = header.indexOf(title, place + 1);
  if (second < 0) return place;
  throw new EscalaError('DATA_INVALID', {
    where: `${name}:${headerLine}:${second + 1}`,
    detail: fillEach(says.twice, { title }),
  });
}

function missing({ name, header, headerLine }: Table, column: string): never {
  const found = header
    .map((title) => `"${title}"`)
    .join(', ')
    .slice(0, HEADER_SHOWN_MAX);
  throw new EscalaError('COLUMN_MISSING', { where: `${name}:${headerLine}`, column, found });
}

/** A header may be as long as a row; so many characters of one are repeated. */
const HEADER_SHOWN_MAX = 300;

const says = sentences.analysis.pickColumns;
