import {
  describeDurationUs,
  describeNumber,
  describeShare,
  fill,
  formatNumber,
  type Language,
  type Outcome,
  type Sentence,
  type SentenceValues,
  sentences,
} from '@escala/model';
import type { ExactCounts } from '../measure/exact-counts.ts';
import { type Percentiles, requestsFor, type ThresholdVerdict } from './judge-thresholds.ts';
import { signs } from './own-limits.ts';
import type { Summary } from './summary.ts';

const outcomeWords = sentences.client.summary.outcomeWords;
const words = sentences.client.summary.summaryWords;
/** Replicas and causes that are listed; the JSON has all. */
const LISTED_MAX = 12;
const NUMBER_WIDTH = 12;
const BARS_MAX = 10;
const BAR_WIDTH = 40;

/** Says sentences, numbers and lines in one language. */
interface Speaker {
  readonly language: Language;
  readonly say: (sentence: Sentence, values?: SentenceValues) => string;
  readonly number: (value: number) => string;
  readonly line: (value: string, label: string) => string;
}

function speakerOf(language: Language): Speaker {
  return {
    language,
    say: (sentence, values) => fill(sentence, language, values),
    number: (value) =>
      formatNumber(value, language, {
        maximumSignificantDigits: Math.max(3, String(Math.trunc(value)).length),
      }),
    line: (value, label) => `${value.padStart(NUMBER_WIDTH)}  ${label}`,
  };
}

/** The summary for a person: plain text within 80 columns, without colours. */
export function summaryText(summary: Summary, latency: ExactCounts, language: Language): string {
  const speaker = speakerOf(language);
  const { statuses, replicas, addresses, causes } = summary;
  const lines = [
    ...countLines(summary, speaker),
    ...scheduleLines(summary, speaker),
    ...latencyLines(summary, latency, speaker),
    ...kindLines(summary, speaker),
    ...listLines(words.statuses, statuses, speaker),
    ...listLines(words.replicas, replicas, speaker),
    ...listLines(words.addresses, addresses, speaker),
    ...listLines(words.causes, causes, speaker),
    ...thresholdLines(summary, speaker),
    ...limitLines(summary, speaker),
  ];
  return `${lines.join('\n')}\n`;
}

function countLines(summary: Summary, { say, number, line }: Speaker): string[] {
  const { requests, answered, failed, seconds, throughput, throughputWindow } = summary;
  const outcomes = Object.entries({ answered, ...failed }).map(
    ([outcome, count]) => [count, outcomeWords[outcome as Outcome]] as const,
  );
  const rates = [
    [seconds, words.seconds],
    [throughput, words.throughput],
    [throughputWindow, words.window],
  ] as const;
  return [
    ...(summary.insecure ? [say(words.insecure)] : []),
    ...[[requests, words.requests] as const, ...outcomes, ...rates].flatMap(([value, label]) =>
      value === null ? [] : [line(number(value), say(label))],
    ),
  ];
}

function scheduleLines({ arrivals, sendLagUs }: Summary, { say, number }: Speaker): string[] {
  const { ratePerSecond: rate, interarrivalCv: cv } = arrivals ?? {};
  const { p99 = null, max = null } = sendLagUs ?? {};
  return [
    ...(rate && typeof cv === 'number' ? [say(words.arrivals, { rate: number(rate), cv: number(cv) })] : []),
    ...(p99 !== null && max !== null
      ? [say(words.sendLag, { p99: `${number(p99)} µs`, max: `${number(max)} µs` })]
      : []),
  ];
}

function latencyLines(summary: Summary, latency: ExactCounts, speaker: Speaker): string[] {
  const { latencyUs, serviceTimeUs } = summary;
  const { say, number } = speaker;
  const lines: string[] = [];
  if (latencyUs) {
    const from = say(serviceTimeUs === undefined ? words.fromSend : words.fromSchedule);
    lines.push(
      '',
      say(words.latency, { n: latencyUs.n }),
      `  ${from}`,
      ...percentileLines(latencyUs, speaker),
    );
    for (const { fromUs, count, bar } of latencyBars(latency)) {
      lines.push(`${`>= ${number(fromUs)} µs`.padStart(16)} ${number(count).padStart(10)} ${bar}`.trimEnd());
    }
  }
  if (serviceTimeUs) lines.push('', say(words.service), ...percentileLines(serviceTimeUs, speaker));
  return lines;
}

function percentileLines(of: Percentiles, { say, number, line }: Speaker): string[] {
  const us = (value: number, name: string) => line(number(value), `µs  ${name}`);
  const percentiles = Object.entries(requestsFor).map(([name, needed]) => {
    const value = of[name as keyof typeof requestsFor];
    return value === null ? line('-', `    ${name}: ${say(words.tooFew, { needed })}`) : us(value, name);
  });
  return [
    us(of.min, say(words.min)),
    us(of.mean, say(words.mean)),
    ...percentiles,
    us(of.max, say(words.max)),
  ];
}

/** A line for each kind of request: what came of it, and how fast. */
function kindLines({ kinds }: Summary, { say, number, line }: Speaker): string[] {
  if (kinds === undefined) return [];
  const percentile = (value: number | null | undefined) => (typeof value === 'number' ? number(value) : '-');
  const lines = Object.entries(kinds).map(([name, { requests, answered, throughput, latencyUs }]) =>
    line(
      number(requests),
      say(words.kind, {
        name: name.slice(0, 60),
        failed: number(requests - answered),
        rate: throughput === null ? '-' : number(throughput),
        p50: percentile(latencyUs?.p50),
        p95: percentile(latencyUs?.p95),
        p99: percentile(latencyUs?.p99),
      }),
    ),
  );
  return ['', say(words.kinds), ...lines];
}

function listLines(
  title: Sentence,
  counts: Readonly<Record<string, number>>,
  { say, number, line }: Speaker,
): string[] {
  const entries = Object.entries(counts);
  if (entries.length === 0) return [];
  const shown = entries.slice(0, LISTED_MAX).map(([name, count]) => line(number(count), name.slice(0, 60)));
  const more = entries.length - shown.length;
  return ['', say(title), ...shown, ...(more > 0 ? [line('', say(words.more, { count: more }))] : [])];
}

function thresholdLines({ thresholds }: Summary, { say, line, language }: Speaker): string[] {
  if (thresholds.length === 0) return [];
  const lines = thresholds.map((verdict) =>
    line(say(verdict.broken ? words.broken : words.kept), thresholdText(verdict, language)),
  );
  return ['', say(words.thresholds), ...lines];
}

function limitLines({ limitedByClient }: Summary, { say, number }: Speaker): string[] {
  if (limitedByClient.length === 0) return [];
  const lines = limitedByClient.map(({ sign, value, limit }) => {
    const values = { value: number(value), limit: limit === null ? '?' : number(limit) };
    return `  ${say(signs[sign].says, values)}`;
  });
  return ['', say(words.limited), ...lines];
}

/** A threshold with the value that was measured, in the unit of its limit. */
export function thresholdText({ threshold, unit, value }: ThresholdVerdict, language: Language): string {
  if (value === null) return fill(words.thresholdUnknown, language, { threshold });
  const described = { share: describeShare, us: describeDurationUs, requests: describeNumber };
  const text =
    unit === 'requestsPerSecond' ? `${describeNumber(value)[language]}/s` : described[unit](value)[language];
  return fill(words.thresholdValue, language, { threshold, value: text });
}

/** A small histogram of latencies in steps of powers of two: lower limit in µs, count, and a bar of plain characters. */
function latencyBars(counts: ExactCounts): { fromUs: number; count: number; bar: string }[] {
  const byPower = new Map<number, number>();
  for (const [us, count] of counts.entries()) {
    const power = Math.floor(Math.log2(Math.max(1, us)));
    byPower.set(power, (byPower.get(power) ?? 0) + count);
  }
  const powers = [...byPower.keys()].sort((a, b) => a - b);
  const [lowest = 0, highest = 0] = [powers[0], powers.at(-1)];
  // Wider steps where the latencies span more powers than there are bars.
  const step = Math.ceil((highest - lowest + 1) / BARS_MAX);
  const bars: { fromUs: number; count: number }[] = [];
  for (let from = lowest; from <= highest; from += step) {
    let count = 0;
    for (let power = from; power < from + step; power++) count += byPower.get(power) ?? 0;
    bars.push({ fromUs: 2 ** from, count });
  }
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return bars.map((bar) => ({ ...bar, bar: '#'.repeat(Math.ceil((bar.count / most) * BAR_WIDTH)) }));
}
