import { fill, formatNumber, type Language, sentences } from '@escala/model';
import type { Paint, Style } from '../terminal/colours.ts';
import type { ProgressState } from './study-progress.ts';

const words = sentences.cli.progress;

const SEPARATOR = ' · ';

interface Part {
  readonly text: string;
  readonly style?: Style;
}

/**
 * The line of live progress in at most `columns` columns: in full with the cell that runs, without it, then with short
 * words, then without what is least needed. `columns` of the result is what it takes up, colours not counted.
 */
export function progressLine(
  standing: ProgressState,
  { language, columns, paint }: { language: Language; columns: number; paint: Paint },
): { line: string; columns: number } {
  const candidates = [
    fullParts,
    waitingInShort,
    partsWithoutCell,
    shortPartsWithElapsed,
    shortParts,
    shortestParts,
  ];
  const fitting = candidates
    .map((parts) => parts(standing, language))
    .find((parts) => width(parts) <= columns);
  const parts = fitting ?? [{ text: textOf(shortestParts(standing, language)).slice(0, columns) }];
  const line = parts.map(({ text, style }) => (style ? paint(style, text) : text)).join(SEPARATOR);
  return { line, columns: width(parts) };
}

const textOf = (parts: readonly Part[]) => parts.map(({ text }) => text).join(SEPARATOR);
const width = (parts: readonly Part[]) => textOf(parts).length;

function fullParts(standing: ProgressState, language: Language): Part[] {
  const { trial } = standing;
  const now = trial && { text: fill(words.now, language, trial), style: 'dim' as const };
  return [
    ...partsWithoutCell(standing, language),
    ...waitingParts(standing, language),
    ...(now ? [now] : []),
  ];
}

/** What a person would otherwise take for a study that hangs. */
function waitingParts({ waiting }: ProgressState, language: Language): Part[] {
  if (waiting === null) return [];
  const { ready, count, reason } = waiting;
  const sentence = waiting.for === 'servers' ? words.waitingServers : words.waitingAgents;
  const values = { ready, count, reason: reason && ` (${reason})` };
  return [{ text: fill(sentence, language, values), style: 'yellow' }];
}

function partsWithoutCell(standing: ProgressState, language: Language): Part[] {
  const { done, total, elapsedS, leftS } = standing;
  return [
    { text: fill(words.trial, language, { done, total }), style: 'bold' },
    { text: fill(words.elapsed, language, { time: describeSeconds(elapsedS) }) },
    { text: fill(words.left, language, { time: describeSeconds(leftS) }) },
    { text: fill(words.throughput, language, { rate: rateText(standing, language) }) },
    ...problemParts(standing, language),
  ];
}

function waitingInShort(standing: ProgressState, language: Language): Part[] {
  const waiting = waitingParts(standing, language);
  return waiting.length > 0
    ? [...shortestParts(standing, language), ...waiting]
    : partsWithoutCell(standing, language);
}

function shortPartsWithElapsed(standing: ProgressState, language: Language): Part[] {
  const [cell, ...others] = shortParts(standing, language);
  const elapsed = { text: fill(words.elapsed, language, { time: describeSeconds(standing.elapsedS) }) };
  return [...(cell ? [cell] : []), elapsed, ...others];
}

function shortParts(standing: ProgressState, language: Language): Part[] {
  return [
    ...shortestParts(standing, language),
    { text: fill(words.throughputShort, language, { rate: rateText(standing, language) }) },
    ...problemParts(standing, language),
  ];
}

function shortestParts({ done, total, leftS }: ProgressState, language: Language): Part[] {
  return [
    { text: fill(words.trialShort, language, { done, total }), style: 'bold' },
    { text: fill(words.left, language, { time: describeSeconds(leftS) }) },
  ];
}

/** Requests that failed, and trials that are not VALID. Before anything was judged, there is nothing to say. */
function problemParts({ problems, failed, judged }: ProgressState, language: Language): Part[] {
  const style = 'yellow' as const;
  const parts = [
    ...(failed > 0 ? [{ text: fill(words.failed, language, { failed }), style }] : []),
    ...(problems > 0 ? [{ text: fill(words.problems, language, { count: problems }), style }] : []),
  ];
  return parts.length > 0 || judged === 0 ? parts : [{ text: fill(words.noProblems, language) }];
}

function rateText({ throughput }: ProgressState, language: Language): string {
  return throughput === null ? '–' : formatNumber(throughput, language, { maximumFractionDigits: 0 });
}

/** Seconds as a person says them: `42 s`, `3 min 05 s`, `2 h 10 min`. The same in both languages. */
export function describeSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  if (minutes < 60) return `${minutes} min ${String(rest).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
