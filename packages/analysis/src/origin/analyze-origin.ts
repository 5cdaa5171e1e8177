import { basename } from 'node:path';
import {
  type ComparedCell,
  EscalaError,
  type OriginCell,
  type OriginStatistics,
  sentences,
} from '@escala/model';
import { pairedRatio } from '@escala/stats';
import { percentilesOf, standardDeviation } from '../questions/latencies.ts';
import {
  type Engine,
  integerOf,
  numberOf,
  numberOrNull,
  numbersOf,
  openEngine,
  type Row,
} from '../run/engine.ts';
import { requestsMin } from '../thresholds.ts';
import { loadOrigin, type OriginSource } from './load-origin.ts';
import { type Finding, findOriginProblems } from './origin-findings.ts';

const words = sentences.analysis.analyzeOrigin;

export interface OriginFile {
  readonly file: string;
  readonly name: string;
  /** What was taken for what, and which cells are empty. */
  readonly source: OriginSource;
  readonly rows: number;
  readonly fromUs: number | null;
  readonly toUs: number | null;
  readonly meanUs: number;
  readonly medianUs: number;
  readonly findings: readonly Finding[];
  readonly cells: readonly OriginCell[];
}

type Scenario = Readonly<Record<'replicas' | 'clients' | 'messages', number>>;

/** Each file, and with exactly two what can be concluded from them together. */
export interface OriginAnalysis {
  readonly files: readonly OriginFile[];
  readonly conclusions: readonly Finding[];
  readonly comparison: readonly ComparedCell[];
  /** Scenarios that only one of two files has. */
  readonly onlyIn: { readonly a: readonly Scenario[]; readonly b: readonly Scenario[] };
}

/**
 * Reads files in the older form, says what is wrong with them, and what they allow to conclude.
 * @throws EscalaError with file, line and column for what cannot be read.
 */
export async function analyzeOrigin(paths: readonly string[]): Promise<OriginAnalysis> {
  await using engine = await openEngine();
  const files: OriginFile[] = [];
  for (const [i, path] of paths.entries()) files.push(await analyseFile(engine, path, `origin_${i}`));
  const [a, b] = files;
  if (!a || !b || files.length > 2) {
    return { files, conclusions: [], comparison: [], onlyIn: { a: [], b: [] } };
  }
  const onlyIn = { a: scenariosWithout(a, b), b: scenariosWithout(b, a) };
  return { files, conclusions: await concludeOf(engine, a, b), comparison: compareFiles(a, b), onlyIn };
}

async function analyseFile(engine: Engine, file: string, table: string): Promise<OriginFile> {
  const source = await loadOrigin(engine, file, table);
  const lineEnds: Finding[] = source.lineEnds.length > 1 ? [{ finding: 'line-ends-mixed', values: {} }] : [];
  const [whole = {}] = await engine.rows(
    'SELECT count(*) AS n, min(sent_us) AS first, max(done_us) AS last, count(session_us) AS measured FROM origin',
  );
  if (numberOf(whole, 'measured') === 0) {
    const detail = words.thereIsNoRow;
    throw new EscalaError('DATA_INVALID', { where: file, detail });
  }
  return {
    file,
    name: basename(file)
      .replace(/\.gz$/, '')
      .replace(/\.(csv|tsv|txt)$/, ''),
    source,
    rows: numberOf(whole, 'n'),
    fromUs: numberOrNull(whole, 'first'),
    toUs: numberOrNull(whole, 'last'),
    ...(await centresOf(engine, 'origin')),
    findings: [...(await findOriginProblems(engine)), ...lineEnds],
    cells: await cellsOf(engine),
  };
}

async function centresOf(
  engine: Engine,
  rows: string,
): Promise<{ readonly meanUs: number; readonly medianUs: number }> {
  const [centres = {}] = await engine.rows(
    `SELECT sum(session_us) AS sum, count(session_us) AS n, median(session_us) AS median FROM ${rows}`,
  );
  return {
    meanUs: Number(integerOf(centres, 'sum')) / numberOf(centres, 'n'),
    medianUs: numberOf(centres, 'median'),
  };
}

/** A repetition lasts from its first sending to its last answer; a row without both times takes no part in the throughput. */
async function cellsOf(engine: Engine): Promise<readonly OriginCell[]> {
  const percentiles = Object.keys(requestsMin).map(
    (name) => `quantile_disc(session_us, 0.${name.slice(1)}) AS ${name}`,
  );
  const rows = await engine.rows(`
    WITH runs AS (
      SELECT replicas, clients, messages, max(done_us) - min(sent_us) AS span_us, sum(messages_of_row) AS done
      FROM origin WHERE sent_us IS NOT NULL AND done_us IS NOT NULL GROUP BY replicas, clients, messages, repetition),
    rates AS (
      SELECT replicas, clients, messages, sum(done)::DOUBLE AS done, sum(span_us)::DOUBLE AS span_us FROM runs GROUP BY ALL)
    SELECT replicas, clients, messages, count(*) AS rows, max(repetition) AS repetitions, count(session_us) AS n,
      min(session_us) AS min, median(session_us) AS median, sum(session_us) AS sum, max(session_us) AS max,
      sum(session_us::HUGEINT * session_us) AS squares, ${percentiles.join(', ')},
      any_value(CASE WHEN span_us > 0 THEN done * 1e6 / span_us END) AS throughput
    FROM origin LEFT JOIN rates USING (replicas, clients, messages)
    GROUP BY replicas, clients, messages ORDER BY messages, replicas, clients`);
  return rows.map((row) => ({
    ...numbersOf(row, 'replicas', 'clients', 'messages', 'rows', 'repetitions'),
    throughputPerSecond: numberOrNull(row, 'throughput'),
    sessionUs: numberOf(row, 'n') > 0 ? statisticsOf(row) : null,
  }));
}

function statisticsOf(row: Row): OriginStatistics {
  const { n, min, median, max } = numbersOf(row, 'n', 'min', 'median', 'max');
  const sum = integerOf(row, 'sum');
  const deviation = standardDeviation(BigInt(n), sum, integerOf(row, 'squares'));
  return {
    n,
    min,
    median,
    mean: Number(sum) / n,
    max,
    standardDeviation: deviation,
    ...percentilesOf(row, n),
  };
}

const keyOf = ({ replicas, clients, messages }: Scenario) => `${replicas} ${clients} ${messages}`;

function scenariosWithout(of: OriginFile, other: OriginFile): readonly Scenario[] {
  const there = new Set(other.cells.map(keyOf));
  return of.cells
    .filter((cell) => !there.has(keyOf(cell)))
    .map(({ replicas, clients, messages }) => ({ replicas, clients, messages }));
}

/** Scenarios that were measured in both files, with what is compared of them. */
function pairsOf(a: OriginFile, b: OriginFile) {
  const others = new Map(b.cells.map((cell) => [keyOf(cell), cell]));
  return a.cells.flatMap((cell) => {
    const [one, other] = [cell.sessionUs, others.get(keyOf(cell))?.sessionUs];
    return one && other ? [{ cell, a: one.median, b: other.median }] : [];
  });
}

/** The scenarios are the replicates: each is a deployment of its own on both sides. */
async function concludeOf(engine: Engine, a: OriginFile, b: OriginFile): Promise<readonly Finding[]> {
  const pairs = pairsOf(a, b);
  if (pairs.length === 0) return [{ finding: 'nothing-common', values: { a: a.name, b: b.name } }];
  const apart = apartOf(a, b);
  const overall = pairedRatio(
    pairs.map((pair) => pair.a),
    pairs.map((pair) => pair.b),
  );
  if (!overall) return apart;
  const { low, high } = overall.interval;
  const [ofA, ofB] = [await commonCentres(engine, 0), await commonCentres(engine, 1)];
  const [meansRatio, mediansRatio] = [ofB.meanUs / ofA.meanUs, ofB.medianUs / ofA.medianUs];
  // A ranking stands only if it does not depend on how the same numbers are averaged.
  const sides = [low, high, meansRatio, mediansRatio];
  const agree = sides.every((ratio) => ratio > 1) || sides.every((ratio) => ratio < 1);
  const ratios = { ratio: overall.estimate, low, high, meansRatio, mediansRatio };
  const values = { a: a.name, b: b.name, cells: pairs.length, ...ratios };
  return [...apart, { finding: agree ? 'conclusion-difference' : 'conclusion-undecided', values }];
}

/** Over the rows of those scenarios that both files have: others would show a difference of what was measured. */
function commonCentres(engine: Engine, side: 0 | 1) {
  const other = `SELECT DISTINCT replicas, clients, messages FROM origin_${1 - side} WHERE session_us IS NOT NULL`;
  return centresOf(engine, `origin_${side} SEMI JOIN (${other}) USING (replicas, clients, messages)`);
}

function apartOf(a: OriginFile, b: OriginFile): readonly Finding[] {
  if (a.fromUs === null || a.toUs === null || b.fromUs === null || b.toUs === null) return [];
  const [first, second, gapUs] = a.fromUs < b.fromUs ? [a, b, b.fromUs - a.toUs] : [b, a, a.fromUs - b.toUs];
  if (gapUs <= 0) return [];
  const values = { first: first.name, second: second.name, minutes: Math.round(gapUs / 60e6) };
  return [{ finding: 'measured-apart', values }];
}

/** Cell by cell nothing can be told: one deployment on each side has no spread. */
function compareFiles(a: OriginFile, b: OriginFile): readonly ComparedCell[] {
  return pairsOf(a, b).map((pair) => {
    const { replicas, clients, messages } = pair.cell;
    return {
      replicas,
      clients,
      messages,
      factors: { replicas, clients, messages },
      a: pair.a,
      b: pair.b,
      roundsA: 1,
      roundsB: 1,
      ratio: pair.b / pair.a,
      ci95: null,
      p: null,
      q: null,
      verdict: 'inconclusive',
      roundsNeeded: null,
    };
  });
}
