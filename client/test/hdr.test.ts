import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build, decodeFromCompressedBase64, HistogramLogReader } from 'hdr-histogram-js';
import { ExactCounts } from '../src/measure/exact-counts.ts';
import { compressedHistogram, percentileDistribution } from '../src/measure/hdr-histogram.ts';

const folder = join(import.meta.dirname, '../../test/data/hdr');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

/** All intervals of a log with this tag, added up. */
function readLog(name: string, tag: string) {
  const reader = new HistogramLogReader(read(name), 64);
  const sum = build({ bitBucketSize: 64, numberOfSignificantValueDigits: 3 });
  const startsMs: number[] = [];
  for (let next = reader.nextIntervalHistogram(); next; next = reader.nextIntervalHistogram()) {
    if (next.tag !== tag) continue;
    startsMs.push(next.startTimeStampMsec);
    sum.add(next);
  }
  return {
    intervals: startsMs.length,
    firstStartMs: startsMs[0],
    total: sum.totalCount,
    p999: sum.getValueAtPercentile(99.9),
    // Not `maxValue`: after decoding it is one unit of the lowest bits too high.
    max: sum.getValueAtPercentile(100),
  };
}

// The numbers that HdrHistogram's own test of its reader holds for these files.
const jHiccup = { intervals: 62, total: 48_761, p999: 1_745_879_039, max: 1_796_210_687 };

test('interval logs are read as their authors read them', () => {
  const logs: Record<string, number> = {
    'jHiccup-2.0.7S.logV2.hlog': 1_441_812_279_601,
    'jHiccup-no-header-2.0.7S.logV2.hlog': 127,
    'jHiccup-with-basetime-2.0.7S.logV2.hlog': 1_441_812_123_250,
  };
  for (const [name, firstStartMs] of Object.entries(logs)) {
    assert.deepEqual(readLog(name, 'NO TAG'), { ...jHiccup, firstStartMs }, name);
  }
});

test('tags of an interval log keep their intervals apart, and blanks at the end of a line do no harm', () => {
  const tagged = readLog('tagged-Log.logV2.hlog', 'A');
  assert.deepEqual(tagged, readLog('tagged-Log.logV2.hlog', 'NO TAG'));
  assert.equal(tagged.intervals, 21);
  assert.equal(readLog('bug-whitespace.hlog', 'bo-global-http').total, 0);
});

interface Line {
  readonly value: number;
  readonly percentile: number;
  readonly count: number;
}

/** The lines of a percentile distribution, whoever printed it. */
function distributionLines(text: string): Line[] {
  return text
    .split('\n')
    .filter((line) => /^\s*\d/.test(line))
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([value = 0, percentile = 0, count = 0]) => ({ value, percentile, count }));
}

for (const name of ['example-12Krps.hgrm', 'example-12Krps_CO.hgrm']) {
  test(`${name} is printed again, line by line, from its own counts`, () => {
    const lines = distributionLines(read(name));
    const counts = new ExactCounts();
    let before = 0;
    for (const { value, count } of lines) {
      for (let i = before; i < count; i++) counts.add(Math.round(value * 1_000));
      before = count;
    }
    const printed = percentileDistribution(counts);
    // The example rounds percentiles to six digits.
    const rounded = distributionLines(printed).map((line) => ({
      ...line,
      percentile: Number(line.percentile.toFixed(6)),
    }));
    assert.deepEqual(rounded, lines);
    assert.match(printed, new RegExp(`Total count {4}= +${before}\\]`));
  });
}

test('a histogram that is sent while the load runs holds every request within three digits', () => {
  const counts = new ExactCounts();
  for (let us = 1; us <= 200_000; us += 7) counts.add(us);
  const decoded = decodeFromCompressedBase64(compressedHistogram(counts), 32, false);
  assert.equal(decoded.totalCount, counts.count);
  for (const share of [0.5, 0.95, 0.99, 0.999]) {
    const exact = counts.percentile(share) as number;
    assert.ok(Math.abs(decoded.getValueAtPercentile(share * 100) / exact - 1) < 1e-3, String(share));
  }
});
