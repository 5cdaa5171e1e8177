import { EscalaError, fillEach, sentences } from '@escala/model';
import { type Engine, numberOf, numberOrNull, type Value } from '../run/engine.ts';
import { openTable, type Table, type TableSource } from '../table/read-table.ts';
import type { TableRow } from '../table/records.ts';

const timeColumns = ['client_send_time', 'client_receive_time'] as const;
const durationColumns = ['server_processing_time', 'response_time'] as const;
const countColumns = ['message_id', 'num_servers', 'num_clients', 'num_messages'] as const;
const columns = ['client_id', 'server_id', ...countColumns, ...timeColumns, ...durationColumns] as const;
type ColumnName = (typeof columns)[number];

/** Units of times and durations, and how many µs each has. */
const usPer = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 } as const;
type TimeUnit = keyof typeof usPer;

/** What was taken for what in a file of the older form. */
export interface OriginSource extends TableSource {
  /** The names in the header, by those of the older form. */
  readonly columns: Readonly<Record<string, string>>;
  readonly times: TimeUnit | 'iso-8601';
  /** Whether the times are so large that they count from 1970. */
  readonly isEpoch: boolean;
  /** Times without a zone are read as UTC. */
  readonly isZoneAssumed: boolean;
  readonly responseTime: TimeUnit;
}

/** Times of day since 1970 differ by so much from one unit to the next that their size tells the unit. */
const EPOCH_MIN = { s: 1e8, ms: 1e11, us: 1e14, ns: 1e17 } as const;
const EPOCH_MAX = 1e20;
/** Times of one file whose sizes differ by this factor are not in one unit. */
const TIMES_FACTOR_MAX = 100;
/** A response time is in another unit than the times where it is 1000 times their difference, give or take this. */
const UNIT_TOLERANCE = 0.1;
/** Rows are handed to the database in parts of this size. */
const ROWS_APPENDED = 2_048;

/**
 * Reads a file in the older form, in any dialect, into the table `name`, times in whole µs. `line` is the place in the file,
 * and `repetition` 1 or 2 by time: each scenario's rows, in the order of their start, in parts of what its clients send. An empty
 * cell is null; a row that names no scenario is left out. Both are said by `holes`.
 */
export async function loadOrigin(engine: Engine, file: string, name: string): Promise<OriginSource> {
  const table = await openTable(file);
  const places = findColumns(table);
  await engine.run(`
    CREATE OR REPLACE TABLE raw (line INTEGER, client_id VARCHAR, server_id VARCHAR, message_id DOUBLE, replicas DOUBLE,
      clients DOUBLE, messages DOUBLE, sent DOUBLE, done DOUBLE, service DOUBLE, session DOUBLE)`);
  const times = timeReader(table);
  const appender = await engine.openAppender('raw', ['integer', 'text', 'text', ...Array(8).fill('double')]);
  for await (const rows of table.rows()) {
    for (let from = 0; from < rows.length; from += ROWS_APPENDED) {
      appender.append(
        rows.slice(from, from + ROWS_APPENDED).map((row) => valuesOf(table, row, places, times)),
      );
    }
  }
  appender.close();
  await engine.run('DELETE FROM raw WHERE replicas IS NULL OR clients IS NULL OR messages IS NULL');
  const { unit, response, isEpoch } = await unitsOf(engine, table, places, times.isIso());
  await createSessions(engine, name, usPer[unit], usPer[response]);
  return {
    ...table.source(),
    columns: Object.fromEntries(columns.map((column) => [column, table.header[places[column].at] ?? ''])),
    times: times.isIso() ? 'iso-8601' : unit,
    isEpoch,
    isZoneAssumed: times.isZoneAssumed(),
    responseTime: response,
  };
}

type Places = Readonly<Record<ColumnName, { readonly at: number; readonly unit: TimeUnit | null }>>;

/** Names are taken in any case and with blanks for underscores; durations may have their unit at the end, as `response_time_ms`. */
function findColumns({ name, header, headerLine }: Table): Places {
  const plain = header.map((title) =>
    title
      .toLowerCase()
      .replace(/µ/g, 'u')
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/_+$/, ''),
  );
  const where = `${name}:${headerLine}`;
  const found = columns.map((column) => {
    const isNamed = (title: string) =>
      title === column ||
      (title.startsWith(`${column}_`) && Object.hasOwn(usPer, title.slice(column.length + 1)));
    const at = plain.findIndex(isNamed);
    const second = plain.findIndex((title, i) => i > at && isNamed(title));
    if (at >= 0 && second >= 0) {
      const detail = fillEach(says.twice, { title: column });
      throw new EscalaError('DATA_INVALID', { where: `${where}:${second + 1}`, detail });
    }
    const unit = plain[at]?.slice(column.length + 1);
    return [column, { at, unit: unit ? (unit as TimeUnit) : null }] as const;
  });
  const missing = found.filter(([, { at }]) => at < 0).map(([column]) => column);
  if (missing.length > 0) {
    const values = { missing: missing.join(', '), found: header.join(', ').slice(0, HEADER_SHOWN_MAX) };
    throw new EscalaError('DATA_INVALID', {
      where,
      detail: fillEach(sentences.analysis.csvHeader.lacks, values),
    });
  }
  return Object.fromEntries(found) as unknown as Places;
}

/** So many characters of a wrong header are repeated. */
const HEADER_SHOWN_MAX = 300;

function valuesOf(table: Table, row: TableRow, places: Places, times: TimeReader): Value[] {
  const text = (column: ColumnName) => {
    const { at } = places[column];
    const cell = row.cells[at];
    if (cell === undefined) return table.refuse('ROW_SHORT', row, at);
    if (cell !== '') return cell;
    table.noteHole(row, at);
    return null;
  };
  const duration = (column: ColumnName) => table.number(row, places[column].at);
  return [
    row.line,
    ...[text('client_id'), text('server_id')],
    ...countColumns.map((column) => countOf(table, row, places[column].at, column === 'message_id' ? 0 : 1)),
    ...timeColumns.map((column) => times.read(row, places[column].at)),
    ...durationColumns.map(duration),
  ];
}

function countOf(table: Table, row: TableRow, at: number, least: number): number | null {
  const value = table.number(row, at);
  if (value === null || (Number.isSafeInteger(value) && value >= least)) return value;
  const values = { column: table.header[at] ?? '', text: row.cells[at] ?? '', least };
  const where = `${table.name}:${row.line}:${at + 1}`;
  throw new EscalaError('DATA_INVALID', { where, detail: fillEach(says.count, values) });
}

type TimeReader = ReturnType<typeof timeReader>;

/** Numbers, or instants of ISO 8601 in µs: what the first time is, all are. */
function timeReader(table: Table) {
  let isIso: boolean | undefined;
  let isZoneAssumed = false;
  return {
    isIso: () => isIso === true,
    isZoneAssumed: () => isZoneAssumed,
    read(row: TableRow, at: number): number | null {
      const cell = row.cells[at] ?? '';
      const instant = isIso === false ? null : instantUs(cell);
      if (instant && isIso !== false) {
        isIso = true;
        isZoneAssumed ||= !instant.hasZone;
        return instant.us;
      }
      const value = table.numbers.read(cell);
      if (value === null || (isIso !== true && !Number.isNaN(value))) {
        if (value !== null) isIso = false;
        return table.number(row, at);
      }
      return table.refuse('TIME_INVALID', row, at);
    },
  };
}

/** The unit of the times by their size, and that of the response times by the times. */
async function unitsOf(engine: Engine, table: Table, places: Places, isIso: boolean) {
  const [middle = {}] = await engine.rows(`
    SELECT median(sent) AS time, median(session / (done - sent)) FILTER (done > sent) AS ratio FROM raw`);
  const time = numberOrNull(middle, 'time') ?? 0;
  const isEpoch = isIso || time >= EPOCH_MIN.s;
  if (isEpoch && !isIso) await refuseOtherUnit(engine, table, places, time);
  const units = ['ns', 'us', 'ms'] as const;
  const unit: TimeUnit = isIso ? 'us' : (units.find((one) => time >= EPOCH_MIN[one]) ?? 's');
  const told = places.response_time.unit;
  if (told) return { unit, response: told, isEpoch };
  const ratio = numberOrNull(middle, 'ratio');
  const fitting = (Object.keys(usPer) as TimeUnit[]).find(
    (one) => ratio !== null && Math.abs((ratio * usPer[one]) / usPer[unit] - 1) < UNIT_TOLERANCE,
  );
  return { unit, response: fitting ?? (isIso ? 's' : unit), isEpoch };
}

async function refuseOtherUnit(engine: Engine, table: Table, places: Places, time: number): Promise<void> {
  const isOther = (name: string) =>
    `(${name} < ${time / TIMES_FACTOR_MAX} OR ${name} > ${Math.min(time * TIMES_FACTOR_MAX, EPOCH_MAX)})`;
  const [bad] = await engine.rows(`
    SELECT line, (${isOther('sent')} IS TRUE)::INTEGER AS is_sent, sent, done FROM raw
    WHERE ${isOther('sent')} OR ${isOther('done')} ORDER BY line LIMIT 1`);
  if (!bad) return;
  const isSent = bad['is_sent'] === 1;
  const { at } = places[isSent ? 'client_send_time' : 'client_receive_time'];
  const where = `${table.name}:${numberOf(bad, 'line')}:${at + 1}`;
  const values = {
    column: table.header[at] ?? '',
    text: String(bad[isSent ? 'sent' : 'done']),
    others: String(time),
  };
  throw new EscalaError('DATA_INVALID', { where, detail: fillEach(says.otherUnit, values) });
}

/**
 * A file has a row for each message, or one for each client's whole session: then every row has the last message's number.
 * A duration below 0 is none and is in no statistic; `findOriginProblems` says so.
 */
async function createSessions(
  engine: Engine,
  name: string,
  usPerTime: number,
  usPerResponse: number,
): Promise<void> {
  await engine.run(`
    CREATE OR REPLACE TABLE ${name} AS
    WITH form AS (SELECT count(*) FILTER (message_id <> messages) = 0 AS is_per_session FROM raw)
    SELECT line, client_id, message_id::BIGINT AS message_id, server_id, replicas::BIGINT AS replicas,
      clients::BIGINT AS clients, messages::BIGINT AS messages, round(sent * ${usPerTime})::BIGINT AS sent_us,
      round(done * ${usPerTime})::BIGINT AS done_us,
      CASE WHEN session >= 0 THEN round(session * ${usPerResponse})::BIGINT END AS session_us,
      (session < 0) IS TRUE AS is_negative,
      CASE WHEN is_per_session THEN messages ELSE 1 END::BIGINT AS messages_of_row,
      1 + (row_number() OVER (PARTITION BY replicas, clients, messages ORDER BY sent, line) - 1)
        // (clients * CASE WHEN is_per_session THEN 1 ELSE messages END)::BIGINT AS repetition
    FROM raw, form`);
  await engine.run(`DROP TABLE raw; CREATE OR REPLACE VIEW origin AS SELECT * FROM ${name}`);
}

const says = sentences.analysis.loadOrigin;

const instantForm = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d+))?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i;

/** An instant as ISO 8601 writes it, also with a blank for the T: µs since the epoch; without a zone it is UTC. Null for anything else. */
export function instantUs(text: string): { readonly us: number; readonly hasZone: boolean } | null {
  const [, date, time, fraction = '', zone] = instantForm.exec(text) ?? [];
  if (date === undefined) return null;
  const offset =
    zone === undefined || /^(z|utc)$/i.test(zone)
      ? 'Z'
      : zone.replace(/^([+-]\d\d):?(\d\d)?$/, (_, hours, minutes) => `${hours}:${minutes ?? '00'}`);
  const seconds = Date.parse(`${date}T${time}${offset}`);
  if (Number.isNaN(seconds)) return null;
  return { us: seconds * 1e3 + Math.round(Number(`0.${fraction || 0}`) * 1e6), hasZone: zone !== undefined };
}
