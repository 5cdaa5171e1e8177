import type { OriginFinding, SentenceValues } from '@escala/model';
import { type Engine, numberOf, type Row } from '../run/engine.ts';

/** One thing that is wrong, with what its sentence needs. */
export interface Finding {
  readonly finding: OriginFinding;
  readonly values: SentenceValues;
}

/** What the longer founding study has. */
const foundingLevels = { replicas: [2, 4, 6, 8, 10], messages: [1, 10, 100, 500, 1000, 10_000] } as const;
const cell = 'replicas, clients, messages';

/** Everything that is wrong with the file in the table `origin`. */
export async function findOriginProblems(engine: Engine): Promise<readonly Finding[]> {
  const one = async (sql: string): Promise<Row> => (await engine.rows(sql))[0] ?? {};
  const rows = await one(`
    SELECT count(*) AS rows, sum(messages_of_row) AS messages,
      count(*) FILTER (done_us < sent_us) AS negative,
      count(*) FILTER (is_negative) AS below, min(line) FILTER (is_negative) AS first,
      count(*) FILTER (abs(done_us - sent_us - session_us) > 2) AS mismatches FROM origin`);
  const ids = await one(`
    SELECT count(*) AS ids, count(*) FILTER (cells > 1) AS repeated FROM (
      SELECT client_id, count(DISTINCT (${cell})) AS cells FROM origin GROUP BY client_id)`);
  const doubled = await one(`
    SELECT count(*) AS n FROM (SELECT 1 FROM origin GROUP BY client_id, message_id, ${cell} HAVING count(*) > 1)`);
  const repetitions = await one(`
    SELECT min(n) AS fewest, max(n) AS most FROM (SELECT max(repetition) AS n FROM origin GROUP BY ${cell})`);
  const shared = await one(`
    SELECT count(*) FILTER (parts > servers) AS cells FROM (
      SELECT ${cell}, count(DISTINCT server_id) AS servers, count(DISTINCT (server_id, repetition)) AS parts
      FROM origin GROUP BY ALL)`);
  const idle = await one(`
    SELECT count(*) AS cells FROM (
      SELECT ${cell} FROM origin GROUP BY ALL HAVING count(DISTINCT server_id) < replicas)`);
  const disorder = await one(`
    SELECT count(*) FILTER (sent_us < before) AS rows FROM (
      SELECT sent_us, lag(sent_us) OVER (ORDER BY line) AS before FROM origin)`);
  const shuffled = await one(`
    SELECT count(*) FILTER (key < before) AS n, count(*) AS cells FROM (
      SELECT key, lag(key) OVER (ORDER BY first_us) AS before FROM (
        SELECT [replicas, clients, messages] AS key, min(sent_us) AS first_us FROM origin GROUP BY ALL))`);
  const missing = await missingLevels(engine);
  const combinations = await missingCombinations(engine);
  const n = (row: Row, name: string) => numberOf(row, name);
  const findings: (Finding | false)[] = [
    { finding: 'no-ledger', values: {} },
    (n(ids, 'repeated') > 0 || n(doubled, 'n') > 0) && {
      finding: 'clients-repeat',
      values: { ids: n(ids, 'ids'), repeated: n(ids, 'repeated'), doubled: n(doubled, 'n') },
    },
    n(rows, 'messages') > n(rows, 'rows') && {
      finding: 'rows-per-session',
      values: { rows: n(rows, 'rows'), messages: n(rows, 'messages') },
    },
    missing !== '' && { finding: 'scenarios-missing', values: { missing } },
    combinations.length > 0 && {
      finding: 'combinations-missing',
      values: { count: combinations.length, missing: shortList(combinations) },
    },
    n(repetitions, 'fewest') < 6 && {
      finding: 'repetitions-few',
      values: { repetitions: span(n(repetitions, 'fewest'), n(repetitions, 'most')) },
    },
    n(shared, 'cells') > 0 && { finding: 'repetitions-share', values: { cells: n(shared, 'cells') } },
    n(shuffled, 'cells') > 1 && n(shuffled, 'n') === 0 && { finding: 'order-fixed', values: {} },
    n(idle, 'cells') > 0 && { finding: 'replicas-idle', values: { cells: n(idle, 'cells') } },
    n(rows, 'below') > 0 && {
      finding: 'response-negative',
      values: { rows: n(rows, 'below'), first: n(rows, 'first') },
    },
    { finding: 'clock-wall', values: { negative: n(rows, 'negative'), mismatches: n(rows, 'mismatches') } },
    n(disorder, 'rows') > 0 && { finding: 'rows-unordered', values: { rows: n(disorder, 'rows') } },
  ];
  return findings.filter((finding) => finding !== false);
}

async function missingLevels(engine: Engine): Promise<string> {
  const rows = await engine.rows(
    'SELECT list_sort(list(DISTINCT replicas)) AS replicas, list_sort(list(DISTINCT messages)) AS messages FROM origin',
  );
  const seen = (name: 'replicas' | 'messages') => (rows[0]?.[name] ?? []) as readonly number[];
  return (['replicas', 'messages'] as const)
    .flatMap((name) =>
      foundingLevels[name].filter((level) => !seen(name).includes(level)).map((level) => `${name} ${level}`),
    )
    .join(', ');
}

/** Scenarios that the file's own levels make, and that have no row. */
async function missingCombinations(engine: Engine): Promise<readonly string[]> {
  const rows = await engine.rows(`
    SELECT replicas, clients, messages FROM (SELECT DISTINCT replicas FROM origin), (SELECT DISTINCT clients FROM origin),
      (SELECT DISTINCT messages FROM origin)
    EXCEPT SELECT ${cell} FROM origin ORDER BY ALL`);
  return rows.map(
    (row) =>
      `replicas ${numberOf(row, 'replicas')} clients ${numberOf(row, 'clients')} messages ${numberOf(row, 'messages')}`,
  );
}

const combinationsNamedMax = 20;

function shortList(names: readonly string[]): string {
  const rest = names.length > combinationsNamedMax ? ['…'] : [];
  return [...names.slice(0, combinationsNamedMax), ...rest].join(', ');
}

function span(fewest: number, most: number): string {
  return fewest === most ? String(fewest) : `${fewest}–${most}`;
}
