import { type Cell, type CellResult, fill, formatNumber, type Language, type Results } from '@escala/model';
import { axes } from '../words/axes.ts';
import { seriesWords } from '../words/series.ts';

/** Cells that differ only in their replicas and their load: what a panel shows. */
export interface Series {
  readonly system: string;
  readonly messages: number;
  /** In an open loop the load is the offered rate, else the number of clients. */
  readonly isOpen: boolean;
  readonly cells: readonly CellResult[];
}

/** The cells in their series: by system, then by messages, then by every other factor of the study. */
export function seriesOf(results: Results): Series[] {
  const series = new Map<string, CellResult[]>();
  for (const cell of results.cells) {
    const members = series.get(seriesKey(cell.cell));
    if (members) members.push(cell);
    else series.set(seriesKey(cell.cell), [cell]);
  }
  const rank = new Map(results.experiment.systems.map(({ name }, i) => [name, i]));
  return [...series.values()]
    .flatMap((cells): Series[] => {
      const first = cells[0]?.cell;
      if (!first) return [];
      const isOpen = first.ratePerSecond !== null;
      return [{ system: first.system, messages: first.messages, isOpen, cells }];
    })
    .sort((a, b) => (rank.get(a.system) ?? 0) - (rank.get(b.system) ?? 0) || a.messages - b.messages);
}

function seriesKey(cell: Cell): string {
  const { key: _key, replicas: _replicas, clients: _clients, ratePerSecond, ...rest } = cell;
  return JSON.stringify([rest, ratePerSecond !== null]);
}

/**
 * Laws, speedups, capacities and knees are named by system and messages alone. Where a further factor has several
 * levels, that says not which of them is meant, and the figure leaves it out rather than show it at the wrong one.
 */
export function isNamedBySystem(series: Series, all: readonly Series[]): boolean {
  const same = all.filter(
    (other) => !other.isOpen && other.system === series.system && other.messages === series.messages,
  );
  return same.length === 1 && same[0] === series;
}

/** Offered requests/s in an open loop, else clients. */
export function loadOf({ cell }: CellResult): number {
  return cell.ratePerSecond ?? cell.clients;
}

export function loadAxis({ isOpen }: Pick<Series, 'isOpen'>) {
  return isOpen ? axes.rate : axes.clients;
}

export function heaviestLoadOf({ cells }: Series): number {
  return Math.max(...cells.map(loadOf));
}

/** Ticks of an axis from zero: the loads themselves where their labels do not touch, else a number of them. */
export function loadTicks(loads: readonly number[]): number[] | number {
  const gaps = loads.slice(1).map((load, i) => load - (loads[i] ?? 0));
  return Math.min(...gaps) >= (loads.at(-1) ?? 0) * tickGapShare ? [...loads] : 5;
}

const tickGapShare = 0.12;

/** `60 clients`, or `300 requests/s offered`. */
export function loadText(load: number, { isOpen }: Pick<Series, 'isOpen'>, language: Language): string {
  const sentence = isOpen ? seriesWords.rate : load === 1 ? seriesWords.clientsOne : seriesWords.clients;
  return fill(sentence, language, { load });
}

/** Title of the panel of a series: what tells it from the others of the study. */
export function seriesTitle(series: Series, results: Results, language: Language): string {
  const { systems, payloadBytes, thinkTimeUs, keepAlive, durationUs } = results.experiment;
  const cell = series.cells[0]?.cell;
  const parts = systems.length > 1 ? [series.system] : [];
  parts.push(series.isOpen ? arrivalsText(cell, language) : messagesText(series.messages, language));
  if (!cell) return parts.join(', ');
  const say = (key: keyof typeof seriesWords, value: string) => fill(seriesWords[key], language, { value });
  if (payloadBytes.length > 1) parts.push(say('payload', formatNumber(cell.payloadBytes, language)));
  if (thinkTimeUs.length > 1) parts.push(say('thinkTime', formatNumber(cell.thinkTimeUs / 1000, language)));
  if (series.isOpen && durationUs.length > 1) {
    parts.push(say('duration', formatNumber(cell.durationUs / 1e6, language)));
  }
  if (keepAlive.length > 1) parts.push(fill(seriesWords[cell.keepAlive ? 'kept' : 'notKept'], language));
  return parts.join(', ');
}

function arrivalsText(cell: Cell | undefined, language: Language): string {
  return fill(seriesWords[cell?.arrivals === 'uniform' ? 'uniform' : 'poisson'], language);
}

export function messagesText(messages: number, language: Language): string {
  return fill(messages === 1 ? seriesWords.messagesOne : seriesWords.messages, language, { messages });
}

export function replicasText(replicas: number, language: Language): string {
  return fill(replicas === 1 ? seriesWords.replicasOne : seriesWords.replicas, language, { replicas });
}

/** Distinct values, ascending. */
export const levels = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);

/** At most `count` of the levels, the first and the last among them, evenly apart; the last if there is room for one. */
export function choiceOf<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all];
  if (count === 1) return all.slice(-1);
  const picked = new Set(
    Array.from({ length: count }, (_, i) => Math.round((i * (all.length - 1)) / (count - 1))),
  );
  return all.filter((_, i) => picked.has(i));
}
