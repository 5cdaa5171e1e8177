/** What a column holds. Text may come from anywhere; an id or an integer of ours is written as it is. */
type CellKind = 'integer' | 'id' | 'text';

/** A column of one of our CSV files. `doc` is the line of the reference page. */
export interface Column {
  readonly name: string;
  readonly kind: CellKind;
  readonly unit?: string;
  readonly doc: string;
  /** Older files lack it. */
  readonly isLater?: true;
}

/** A spreadsheet runs a cell that begins with one of these as a formula (OWASP, CSV injection). */
const formulaStart = /^[=+\-@\t\r]/;
const needsQuotes = /[",\r\n]/;
const wholeNumber = /^-?\d+$/;

/** A text cell: formula starts neutralised by a leading apostrophe, quoted as RFC 4180 says where it must be. */
export function textCell(text: string): string {
  const safe = formulaStart.test(text) ? `'${text}` : text;
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The first line of a file with these columns, with its line feed. */
export function headerLine(columns: readonly Column[]): string {
  return `${columns.map((column) => column.name).join(',')}\n`;
}

/**
 * One row, with its line feed. `undefined` is an empty cell. Whatever a server of others wrote into a column of ids or
 * integers is treated as text, unless it is what the column says.
 */
export function rowLine(columns: readonly Column[], cells: readonly (string | number | undefined)[]): string {
  let line = '';
  for (let i = 0; i < columns.length; i++) {
    const cell = cells[i];
    if (i > 0) line += ',';
    if (cell === undefined) continue;
    const isText = typeof cell === 'string' && !(columns[i]?.kind === 'integer' && wholeNumber.test(cell));
    line += isText ? textCell(cell) : cell;
  }
  return `${line}\n`;
}

/** How a request ended, as the client saw it. A failed request is a row like any other. */
export const outcomes = ['answered', 'rejected', 'refused', 'reset', 'timeout', 'unsent'] as const;
export type Outcome = (typeof outcomes)[number];

/** What the server's ledger says of a row (`docs/reference/columns.md`). */
export const ledgerStates = ['recorded', 'missing', 'none', 'duplicated', 'unexpected'] as const;
export type LedgerState = (typeof ledgerStates)[number];

/** One value for each name. */
export function record<K extends string, V>(names: readonly K[], of: (name: K) => V): Record<K, V> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<K, V>;
}

const epoch = 'µs since the Unix epoch';

/** The server's durable ledger, one file per replica. */
export const ledgerColumns = [
  { name: 'sequence', kind: 'integer', doc: 'position in this ledger, from 1, without a gap' },
  { name: 'request_id', kind: 'id', doc: 'from the header x-request-id, else made by the server' },
  { name: 'run', kind: 'text', doc: 'the run, as the client named it' },
  { name: 'cell', kind: 'text', doc: '<cell>/<round>.<attempt>, or warmup' },
  { name: 'client', kind: 'text', doc: 'number of the client, from 1' },
  { name: 'message', kind: 'text', doc: 'number of the message of that client, from 1' },
  { name: 'replica', kind: 'id', doc: 'the replica that wrote the row' },
  { name: 'received_us', kind: 'integer', unit: epoch, doc: 'when the request had been read' },
  { name: 'queue_us', kind: 'integer', unit: 'µs', doc: 'wait in front of the simulated service' },
  { name: 'service_us', kind: 'integer', unit: 'µs', doc: 'time in the simulated service' },
  { name: 'method', kind: 'id', doc: 'HTTP method' },
  { name: 'path', kind: 'text', doc: 'path of the request' },
  { name: 'status', kind: 'integer', doc: 'status of the answer: 200 or 201' },
] as const satisfies readonly Column[];

/** The client's record: a row for every request, answered or not. */
export const clientColumns = [
  { name: 'request_id', kind: 'id', doc: '<run>.<plan index>.<round>.<attempt>.<client>.<message>' },
  { name: 'run', kind: 'text', doc: 'the run' },
  { name: 'cell', kind: 'text', doc: '<cell>/<round>.<attempt>, or warmup' },
  { name: 'client', kind: 'integer', doc: 'number of the client, from 1 (open loop: of the connection)' },
  { name: 'message', kind: 'integer', doc: 'number of its message, from 1 (open loop: of the arrival)' },
  {
    name: 'intended_us',
    kind: 'integer',
    unit: epoch,
    doc: 'when the schedule wanted it sent; empty in a closed loop',
  },
  {
    name: 'sent_us',
    kind: 'integer',
    unit: epoch,
    doc: 'when it was written; empty when nothing was written',
  },
  {
    name: 'done_us',
    kind: 'integer',
    unit: epoch,
    doc: 'when the answer was complete, or the failure was known',
  },
  {
    name: 'latency_us',
    kind: 'integer',
    unit: 'µs',
    doc: 'done − intended where there is a schedule, else done − sent',
  },
  { name: 'status', kind: 'integer', doc: 'HTTP status; empty without an answer' },
  { name: 'outcome', kind: 'id', doc: outcomes.join(', ') },
  { name: 'replica', kind: 'text', doc: 'the replica that the answer names' },
  { name: 'bytes', kind: 'integer', unit: 'bytes', doc: 'body received' },
  {
    name: 'request',
    kind: 'text',
    doc: 'the kind of request, where the system has `requests`; older files lack it',
    isLater: true,
  },
] as const satisfies readonly Column[];

/** requests.csv: both sides joined by request id. */
export const requestColumns = [
  ...clientColumns,
  { name: 'round', kind: 'integer', doc: 'round of the study, from 1' },
  { name: 'system', kind: 'text', doc: 'the implementation under study' },
  { name: 'replicas', kind: 'integer', doc: 'factor: servers' },
  { name: 'clients', kind: 'integer', doc: 'factor: concurrent clients' },
  { name: 'messages', kind: 'integer', doc: 'factor: messages per client' },
  { name: 'received_us', kind: 'integer', unit: epoch, doc: 'from the ledger' },
  { name: 'queue_us', kind: 'integer', unit: 'µs', doc: 'from the ledger' },
  { name: 'service_us', kind: 'integer', unit: 'µs', doc: 'from the ledger' },
  { name: 'ledger', kind: 'id', doc: ledgerStates.join(', ') },
] as const satisfies readonly Column[];

/** resources.csv: what servers and agents used while a cell ran. */
export const resourceColumns = [
  { name: 'at_us', kind: 'integer', unit: epoch, doc: 'when the sample was taken' },
  { name: 'role', kind: 'id', doc: 'server or agent' },
  { name: 'name', kind: 'text', doc: 'the replica or agent' },
  { name: 'cpu_us', kind: 'integer', unit: 'µs', doc: 'processor time used since the process started' },
  { name: 'memory_bytes', kind: 'integer', unit: 'bytes', doc: 'resident memory' },
  {
    name: 'throttled_us',
    kind: 'integer',
    unit: 'µs',
    doc: 'time throttled by a CPU limit; empty where unknown',
  },
  { name: 'restarts', kind: 'integer', doc: 'restarts so far; empty where unknown' },
] as const satisfies readonly Column[];
