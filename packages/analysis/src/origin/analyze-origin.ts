import { basename } from 'node:path';
import { type ComparedCell, EscalaError } from '@escala/model';
import { pairedRatio } from '@escala/stats';
import { type Engine, numberOf, openEngine } from '../engine.ts';
import { loadOrigin } from './load-origin.ts';
import { type Finding, findOriginProblems } from './origin-findings.ts';

/** One scenario. Its repetitions share their replicas, so it is one deployment: one value and no interval. */
export interface OriginCell {
  readonly replicas: number;
  readonly clients: number;
  readonly messages: number;
  readonly rows: number;
  readonly repetitions: number;
  readonly sessionUs: {
    readonly min: number;
    readonly median: number;
    readonly mean: number;
    readonly max: number;
  };
}

export interface OriginFile {
  readonly file: string;
  readonly name: string;
  readonly rows: number;
  readonly fromUs: number;
  readonly toUs: number;
  readonly meanUs: number;
  readonly medianUs: number;
  readonly findings: readonly Finding[];
  readonly cells: readonly OriginCell[];
}

/** Each file, and with exactly two what can be concluded from them together. */
export interface OriginAnalysis {
  readonly files: readonly OriginFile[];
  readonly conclusions: readonly Finding[];
  readonly comparison: readonly ComparedCell[];
}

/** Reads files in the older form, says what is wrong with them, and what they allow to conclude. */
export async function analyzeOrigin(paths: readonly string[]): Promise<OriginAnalysis> {
  await using engine = await openEngine();
  const files: OriginFile[] = [];
  for (const path of paths) files.push(await analyseFile(engine, path));
  const [a, b] = files;
  if (!a || !b || files.length > 2) return { files, conclusions: [], comparison: [] };
  return { files, conclusions: concludeOf(a, b), comparison: compareFiles(a, b) };
}

async function analyseFile(engine: Engine, file: string): Promise<OriginFile> {
  const { hasMixedLineEnds } = await loadOrigin(engine, file);
  const lineEnds: Finding[] = hasMixedLineEnds ? [{ finding: 'line-ends-mixed', values: {} }] : [];
  const [whole = {}] = await engine.rows(`
    SELECT count(*) AS n, min(sent_us) AS first, max(done_us) AS last, sum(session_us) AS sum,
      quantile_disc(session_us, 0.5) AS median FROM origin`);
  const rows = numberOf(whole, 'n');
  if (rows === 0)
    throw new EscalaError('DATA_INVALID', {
      where: file,
      detail: { en: 'there is no row below the header', 'pt-BR': 'não há linha abaixo do cabeçalho' },
    });
  return {
    file,
    name: basename(file).replace(/\.csv(\.gz)?$/, ''),
    rows,
    fromUs: numberOf(whole, 'first'),
    toUs: numberOf(whole, 'last'),
    meanUs: numberOf(whole, 'sum') / rows,
    medianUs: numberOf(whole, 'median'),
    findings: [...(await findOriginProblems(engine)), ...lineEnds],
    cells: await cellsOf(engine),
  };
}

async function cellsOf(engine: Engine): Promise<readonly OriginCell[]> {
  const rows = await engine.rows(`
    SELECT replicas, clients, messages, count(*) AS n, max(repetition) AS repetitions, min(session_us) AS min,
      quantile_disc(session_us, 0.5) AS median, sum(session_us) AS sum, max(session_us) AS max
    FROM origin GROUP BY replicas, clients, messages ORDER BY messages, replicas, clients`);
  return rows.map((row) => ({
    replicas: numberOf(row, 'replicas'),
    clients: numberOf(row, 'clients'),
    messages: numberOf(row, 'messages'),
    rows: numberOf(row, 'n'),
    repetitions: numberOf(row, 'repetitions'),
    sessionUs: {
      min: numberOf(row, 'min'),
      median: numberOf(row, 'median'),
      mean: numberOf(row, 'sum') / numberOf(row, 'n'),
      max: numberOf(row, 'max'),
    },
  }));
}

function pairsOf(a: OriginFile, b: OriginFile): (readonly [OriginCell, OriginCell])[] {
  const key = ({ replicas, clients, messages }: OriginCell) => `${replicas} ${clients} ${messages}`;
  const others = new Map(b.cells.map((cell) => [key(cell), cell]));
  return a.cells.flatMap((cell) => {
    const other = others.get(key(cell));
    return other ? [[cell, other] as const] : [];
  });
}

/** The scenarios are the replicates: each is a deployment of its own on both sides. */
function concludeOf(a: OriginFile, b: OriginFile): readonly Finding[] {
  const pairs = pairsOf(a, b);
  const overall = pairedRatio(
    pairs.map(([one]) => one.sessionUs.median),
    pairs.map(([, other]) => other.sessionUs.median),
  );
  const [first, second] = a.fromUs < b.fromUs ? [a, b] : [b, a];
  const apart: Finding[] =
    first.toUs < second.fromUs ? [{ finding: 'measured-apart', values: apartValues(first, second) }] : [];
  if (!overall) return apart;
  const { low, high } = overall.interval;
  const [meansRatio, mediansRatio] = [b.meanUs / a.meanUs, b.medianUs / a.medianUs];
  // A ranking stands only if it does not depend on how the same numbers are averaged.
  const sides = [low, high, meansRatio, mediansRatio];
  const agree = sides.every((ratio) => ratio > 1) || sides.every((ratio) => ratio < 1);
  const values = {
    a: a.name,
    b: b.name,
    cells: pairs.length,
    ratio: overall.estimate,
    low,
    high,
    meansRatio,
    mediansRatio,
  };
  return [...apart, { finding: agree ? 'conclusion-difference' : 'conclusion-undecided', values }];
}

function apartValues(first: OriginFile, second: OriginFile) {
  return { first: first.name, second: second.name, minutes: Math.round((second.fromUs - first.toUs) / 60e6) };
}

/** Cell by cell nothing can be told: one deployment on each side has no spread. */
function compareFiles(a: OriginFile, b: OriginFile): readonly ComparedCell[] {
  return pairsOf(a, b).map(([one, other]) => {
    const { replicas, clients, messages } = one;
    return {
      replicas,
      clients,
      messages,
      factors: { replicas, clients, messages },
      a: one.sessionUs.median,
      b: other.sessionUs.median,
      roundsA: 1,
      roundsB: 1,
      ratio: other.sessionUs.median / one.sessionUs.median,
      ci95: null,
      p: null,
      q: null,
      verdict: 'inconclusive',
      roundsNeeded: null,
    };
  });
}
