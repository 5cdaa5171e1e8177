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
} from '@escala/model';
import type { ExactCounts } from '../measure/exact-counts.ts';
import type { ThresholdVerdict } from './judge-thresholds.ts';
import { latencyBars } from './latency-bars.ts';
import { signs } from './own-limits.ts';
import { type Percentiles, requestsFor } from './percentiles.ts';
import type { Summary } from './summary.ts';
import { outcomeWords, summaryWords as words } from './summary-words.ts';

/** Replicas and causes that are listed; the JSON has all. */
const LISTED_MAX = 12;
const NUMBER_WIDTH = 12;

/** The summary for a person: plain text within 80 columns, without colours. */
export function summaryText(summary: Summary, latency: ExactCounts, language: Language): string {
  const say = (sentence: Sentence, values?: SentenceValues) => fill(sentence, language, values);
  const number = (value: number, digits = 3) =>
    formatNumber(value, language, {
      maximumSignificantDigits: Math.max(digits, String(Math.trunc(value)).length),
    });
  const line = (value: string, label: string) => `${value.padStart(NUMBER_WIDTH)}  ${label}`;
  const lines: string[] = [];

  if (summary.insecure) lines.push(say(words.insecure));
  lines.push(line(number(summary.requests), say(words.requests)));
  for (const [outcome, count] of Object.entries({ answered: summary.answered, ...summary.failed })) {
    lines.push(line(number(count), say(outcomeWords[outcome as Outcome])));
  }
  if (summary.seconds !== null) lines.push(line(number(summary.seconds), say(words.seconds)));
  if (summary.throughput !== null) lines.push(line(number(summary.throughput), say(words.throughput)));
  if (summary.throughputWindow !== null)
    lines.push(line(number(summary.throughputWindow), say(words.window)));
  const { arrivals, sendLagUs, latencyUs, serviceTimeUs } = summary;
  if (arrivals?.ratePerSecond && arrivals.interarrivalCv !== null) {
    lines.push(
      say(words.arrivals, { rate: number(arrivals.ratePerSecond), cv: number(arrivals.interarrivalCv) }),
    );
  }
  if (sendLagUs && sendLagUs.p99 !== null && sendLagUs.max !== null) {
    lines.push(
      say(words.sendLag, { p99: `${number(sendLagUs.p99)} µs`, max: `${number(sendLagUs.max)} µs` }),
    );
  }
  if (latencyUs) {
    const from = say(serviceTimeUs === undefined ? words.fromSend : words.fromSchedule);
    lines.push('', say(words.latency, { n: latencyUs.n }), `  ${from}`, ...percentileLines(latencyUs));
    for (const { fromUs, count, bar } of latencyBars(latency)) {
      lines.push(`${`>= ${number(fromUs)} µs`.padStart(16)} ${number(count).padStart(10)} ${bar}`.trimEnd());
    }
  }
  if (serviceTimeUs) lines.push('', say(words.service), ...percentileLines(serviceTimeUs));
  lines.push(...list(words.statuses, summary.statuses), ...list(words.replicas, summary.replicas));
  lines.push(...list(words.addresses, summary.addresses), ...list(words.causes, summary.causes));
  if (summary.thresholds.length > 0) lines.push('', say(words.thresholds));
  for (const verdict of summary.thresholds) {
    lines.push(line(say(verdict.broken ? words.broken : words.kept), thresholdText(verdict, language)));
  }
  if (summary.limitedByClient.length > 0) lines.push('', say(words.limited));
  for (const { sign, value, limit } of summary.limitedByClient) {
    lines.push(
      `  ${say(signs[sign].says, { value: number(value), limit: limit === null ? '?' : number(limit) })}`,
    );
  }
  return `${lines.join('\n')}\n`;

  function percentileLines(of: Percentiles): string[] {
    const us = (value: number, name: string) => line(number(value), `µs  ${name}`);
    const rows = [us(of.min, say(words.min)), us(of.mean, say(words.mean))];
    for (const [name, needed] of Object.entries(requestsFor)) {
      const value = of[name as keyof typeof requestsFor];
      rows.push(
        value === null ? line('-', `    ${name}: ${say(words.tooFew, { needed })}`) : us(value, name),
      );
    }
    return [...rows, us(of.max, say(words.max))];
  }

  function list(title: Sentence, counts: Readonly<Record<string, number>>): string[] {
    const entries = Object.entries(counts);
    if (entries.length === 0) return [];
    const shown = entries.slice(0, LISTED_MAX).map(([name, count]) => line(number(count), name.slice(0, 60)));
    const more = entries.length - shown.length;
    return ['', say(title), ...shown, ...(more > 0 ? [line('', say(words.more, { count: more }))] : [])];
  }
}

/** A threshold with the value that was measured, in the unit of its limit. */
export function thresholdText({ threshold, unit, value }: ThresholdVerdict, language: Language): string {
  if (value === null) return fill(words.thresholdUnknown, language, { threshold });
  const described = { share: describeShare, us: describeDurationUs, requests: describeNumber };
  const text =
    unit === 'requestsPerSecond' ? `${describeNumber(value)[language]}/s` : described[unit](value)[language];
  return fill(words.thresholdValue, language, { threshold, value: text });
}
