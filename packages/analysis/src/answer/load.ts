import {
  type AnswerPart,
  type CellResult,
  describeDurationUs,
  describeNumber,
  fillEach,
  inEachLanguage,
  isOpen,
  limitClause,
  loadLevel,
  type Sentence,
} from '@escala/model';
import { beforeFirst, columnsOf, plateauOf } from '../study/groups.ts';
import { thresholds } from '../thresholds.ts';
import {
  headlineCurve,
  inBrackets,
  joined,
  limitsOfEstimate,
  nothing,
  ofSystem,
  part,
  type Study,
  tellsLittle,
  words,
} from './study.ts';

/** Numbers of replicas whose load curve a sentence tells. */
const REPLICAS_MAX = 4;

/** Where the load saturates every system: the rates that are kept up with, or the clients beyond which nothing is gained. */
export function loadParts(study: Study): AnswerPart[] {
  return study.experiment.systems.flatMap(({ name }) => {
    const curve = headlineCurve(study, name);
    const columns = columnsOf(curve)
      .toSorted(([a], [b]) => (a?.cell.replicas ?? 0) - (b?.cell.replicas ?? 0))
      .map((column) => column.toSorted((a, b) => loadLevel(a.cell) - loadLevel(b.cell)));
    const [first] = curve;
    if (!first) return [];
    return isOpen(first.cell)
      ? openPart(columns, name, study)
      : closedPart(columns.at(-1) ?? [], name, study);
  });
}

/** What was answered of the offered rate, also in trials that count in no pooled number; null where nothing was. */
function answeredShare({ cell, throughput, throughputWithExcluded }: CellResult): number | null {
  const answered = (throughput ?? throughputWithExcluded)?.value ?? 0;
  return answered > 0 && cell.ratePerSecond !== null ? answered / cell.ratePerSecond : null;
}

const isBehind = (cell: CellResult) => (answeredShare(cell) ?? 0) < thresholds.rateAnswered;

/** An INVALID cell that lags behind tells that the rate was too much; one that does not tells nothing. */
const tells = (cell: CellResult) => cell.throughput !== null || isBehind(cell);

function openPart(columns: readonly (readonly CellResult[])[], system: string, study: Study): AnswerPart[] {
  const shown = columns.slice(0, REPLICAS_MAX).flatMap((all) => {
    const column = all.filter(tells);
    const { last, failing } = beforeFirst(column, isBehind);
    return column.length === 0 ? [] : [{ column, cell: last, next: failing }];
  });
  if (shown.length === 0) return [];
  const clauses = shown.map(({ column, cell, next }) => {
    const values = {
      replicas: column[0]?.cell.replicas ?? 0,
      rate: cell?.cell.ratePerSecond ?? 0,
      p95: p95Text(cell),
      next: next?.cell.ratePerSecond ?? 0,
      answered: describeNumber((next ? (answeredShare(next) ?? 0) : 0) * (next?.cell.ratePerSecond ?? 0)),
    };
    if (!cell) return fillEach(words.keepsUpNever, values);
    return fillEach(next ? words.keepsUp : words.keepsUpMost, values);
  });
  const cells = shown.flatMap(({ cell, next }) => [cell, next].flatMap((one) => one?.cell.key ?? []));
  const numbers = Object.fromEntries(
    shown.map(({ column, cell }) => [`r${column[0]?.cell.replicas}`, cell?.cell.ratePerSecond ?? 0]),
  );
  const said = joined(clauses, '; ');
  const sentence = inEachLanguage(
    (language) => `${ofSystem(system, study.experiment)[language]}${said[language]}`,
  );
  return [part({ kind: 'load', sentence, numbers, cells })];
}

function p95Text(cell: CellResult | undefined): Sentence {
  if (!cell?.p95Us) return nothing;
  const interval = inBrackets(limitsOfEstimate(cell.p95Us), describeDurationUs);
  return fillEach(words.p95, { value: describeDurationUs(cell.p95Us.value), interval });
}

/** Over clients at the most replicas: where more of them give nothing more. */
function closedPart(column: readonly CellResult[], system: string, study: Study): AnswerPart[] {
  const known = column.filter(({ throughput }) => throughput !== null);
  const value = (cell: CellResult) => cell.throughput?.value ?? 0;
  const last = known.at(-1);
  if (!last || known.length < 2) return [];
  const stop = plateauOf(known, value)?.first ?? last;
  const grows = stop === last;
  const clause = grows
    ? null
    : known
        .slice(known.indexOf(stop))
        .map(limitClause)
        .find((one) => one !== null);
  const interval = limitsOfEstimate(stop.throughput);
  const said = grows ? 'stillGrows' : clause ? 'saturatesWhere' : 'saturates';
  const sentence = fillEach(words[tellsLittle(interval) ? 'loadOpen' : said], {
    rounds: stop.rounds,
    system: ofSystem(system, study.experiment),
    replicas: stop.cell.replicas,
    clients: stop.cell.clients,
    value: describeNumber(value(stop)),
    interval: inBrackets(interval),
    limit: clause ?? nothing,
  });
  const numbers = { clients: stop.cell.clients, throughput: value(stop), replicas: stop.cell.replicas };
  return [part({ kind: 'load', sentence, numbers, interval, cells: known.map(({ cell }) => cell.key) })];
}
