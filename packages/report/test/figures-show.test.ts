// What each figure must show, in studies that are planted so that there is something of it to show.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Results } from '@escala/model';
import { COLUMN_HEIGHT_MAX, pageWidths } from '../src/drawing/layout.ts';
import { figures } from '../src/figures/catalogue.ts';
import { textOf } from '../src/markup/element.ts';
import { drawn } from './drawn.ts';
import { plantedResults } from './planted/planted-results.ts';
import { changedResults, smallStudy } from './temporary-run.ts';

const small = () => plantedResults(smallStudy);

test('an interval that leaves the axis is cut there, with a mark and a word', () => {
  const wide = changedResults((changed) => {
    for (const { throughput } of changed.cells) if (throughput?.ci95) throughput.ci95.high = 1e9;
  });
  for (const name of ['throughput-replicas', 'client-curves']) {
    assert.match(drawn(name, wide).caption, /goes on beyond the axis/);
    assert.doesNotMatch(drawn(name, small()).caption, /goes on beyond/);
    const coordinates = [...drawn(name, wide).svg.matchAll(/y[12]?="(-?[\d.]+)"/g)].map(([, y]) => Number(y));
    assert.ok(
      coordinates.every((y) => y >= -20 && y < 1000),
      'nothing is drawn outside of the picture',
    );
  }
});

test('what is not VALID never looks as if it were', () => {
  for (const name of ['laws-replicas', 'client-curves', 'latency-clients', 'throughput-latency']) {
    const doubtful = changedResults((changed) => {
      for (const cell of changed.cells) cell.verdict = cell.cell.replicas === 1 ? 'SUSPECT' : 'INVALID';
    });
    assert.match(drawn(name, doubtful).words, /SUSPECT.*INVALID/, name);
    const valid = changedResults((changed) => {
      for (const cell of changed.cells) cell.verdict = 'VALID';
    });
    assert.doesNotMatch(drawn(name, valid).words, /SUSPECT|INVALID/, name);
    const { caption } = drawn('throughput-replicas', doubtful);
    assert.match(caption, /Ring: SUSPECT. Cross: INVALID/);
    assert.doesNotMatch(drawn('throughput-replicas', valid).caption, /SUSPECT|INVALID/);
  }
  assert.match(drawn('throughput-matrix', small()).words, /\d \?|\d ✕/);
});

test('efficiency: the law that was chosen stands in the legend', () => {
  assert.match(drawn('efficiency', small()).words, /100 messages per client: USL, α = 0.03, β = 0.004/);
  assert.match(drawn('efficiency', small()).words, /1 message per client: no law fitted/);
});

test('curves under load: bounds, service level and knee', () => {
  const { words } = drawn('client-curves', small());
  for (const entry of ['bounds by clients', 'service level', 'knee (above), capacity (below)']) {
    assert.ok(words.includes(entry), entry);
  }
});

test('capacity: what is undecided and what lies beyond the study', () => {
  const results = changedResults((changed) => {
    for (const { decisions, capacity } of changed.capacities) {
      for (const decision of decisions) {
        decision.verdict =
          decision.replicas === 4 ? 'met' : decision.replicas === 2 ? 'undecided' : 'violated';
      }
      for (const step of capacity)
        Object.assign(step, { strict: step.replicas === 4 ? 100 : null, censored: step.replicas === 4 });
    }
  });
  const { words, table, reading } = drawn('capacity', results);
  assert.match(words, /undecided.*beyond the study/);
  assert.match(reading, /4 replicas: p95 ≤ 15 ms is met for up to 100 clients/);
  const undecided = table.columns.findIndex(({ key }) => key === 'undecided_to_clients');
  assert.ok(table.rows.some((row) => row[undecided] === 100));
});

test('the latency matrix hatches what is undecided and frames what is violated', () => {
  const decide = (verdict: 'undecided' | 'violated' | 'met') =>
    drawn(
      'latency-matrix',
      changedResults((changed) => {
        for (const decision of changed.capacities.flatMap(({ decisions }) => decisions))
          decision.verdict = verdict;
      }),
    ).svg;
  assert.match(decide('undecided'), /fill="url\(#latency-matrix-hatch\)"/);
  assert.match(decide('undecided'), /<pattern [^>]*id="latency-matrix-hatch"/);
  assert.match(decide('violated'), /stroke="#d55e00"/);
  assert.doesNotMatch(decide('met'), /url\(#latency-matrix-hatch\)|stroke="#d55e00"/);
});

test('the spectrum is labelled by percentiles and ends where ten requests lie beyond', () => {
  const { words, table } = drawn('latency-spectrum', small());
  assert.match(words, /0.*90.*99/);
  const share = table.columns.findIndex(({ key }) => key === 'share');
  const pooled = 100 * 100 * 3;
  for (const row of table.rows) assert.ok(pooled * (1 - Number(row[share])) >= 10 - 1e-6);
});

test('over time: window, end of the warm-up and platform events', () => {
  const results = changedResults((changed) => {
    for (const trial of changed.trials) {
      trial.audits.push({
        audit: 'warm-up',
        status: 'info',
        finding: 'warm-up.cut',
        values: { share: 0.25 },
      });
      trial.incidents.push({
        code: 'replica-ended',
        subject: 'r1',
        detail: '',
        atUs: trial.startAtUs + 9000,
      });
    }
  });
  const { words, caption, reading } = drawn('over-time', results);
  assert.match(words, /all clients active.*end of the warm-up.*platform event/);
  assert.match(caption, /Platform events: .*replica-ended/);
  assert.match(reading, /steady from [\d.]+ s on/);
});

test('balance: Jain’s index stands over each number of replicas', () => {
  assert.equal(
    drawn('replica-balance', small()).words.match(/J = [\d.]+/g)?.length,
    smallStudy.replicas?.length,
  );
});

test('latency against throughput: the knee is marked, and no label lies on another', () => {
  const { words, svg } = drawn('throughput-latency', small());
  assert.match(words, /knee/);
  assert.match(svg, /font-size="9"/);
});

test('comparison: the margin, and significance filled', () => {
  const results = plantedResults({ ...smallStudy, systems: ['node', 'go'] });
  const { words, svg, caption } = drawn('comparison', results);
  assert.match(words, /significant.*not significant.*margin of equivalence/);
  assert.match(caption, /margin of 3\s%.*q ≤ 0.05.*n = 3 rounds/);
  const circles = (q: number) => {
    const changed = structuredClone(results) as unknown as { comparisons: { cells: { q: number }[] }[] };
    for (const cell of changed.comparisons.flatMap(({ cells }) => cells)) cell.q = q;
    return (
      drawn('comparison', changed as unknown as Results).svg.match(/<circle [^>]*fill="#ffffff"/g)?.length ??
      0
    );
  };
  assert.equal(circles(0.01), 0);
  assert.equal(circles(0.5), results.comparisons[0]?.cells.length);
  assert.match(svg, /<rect/);
});

test('diagnostics: residuals over N and over order, and the joint region', () => {
  const { words } = drawn('fit-diagnostics', small());
  assert.match(words, /replicas.*order of the trials.*α, contention/s);
});

test('an open loop is drawn over its offered rate, each rate by itself', () => {
  const results = changedResults((changed) => {
    changed.experiment.rate = [10, 50, 100];
    for (const { cell } of changed.cells) {
      cell.ratePerSecond = cell.clients;
      cell.clients = 10;
    }
    Object.assign(changed, { laws: [], speedups: [], capacities: [], knees: [], asymptotes: [] });
  });
  for (const name of ['client-curves', 'latency-clients']) {
    assert.match(drawn(name, results).words, /offered rate \(requests\/s\)/, name);
  }
  const matrix = drawn('throughput-matrix', results);
  assert.equal(matrix.table.rows.length, results.cells.length);
  assert.ok(matrix.table.columns.some(({ key }) => key === 'rate_per_s'));
});

test('queueing: the line L = λW, and M/D/1 only where the results have it', () => {
  const closed = drawn('queueing', small());
  assert.match(closed.words, /L = λW.*requests in flight, L/);
  assert.doesNotMatch(closed.words + closed.caption + closed.reading, /M\/D\/1|by theory/);
  const { words, caption, reading, table } = drawn(
    'queueing',
    changedResults((changed) => {
      for (const { cell } of changed.cells) cell.ratePerSecond = cell.clients;
      changed.queues = [1, 2, 4].map((replicas) => ({
        ...{ system: 'node', messages: 100, replicas, model: 'M/D/1', serviceUs: 1_000 },
        points: [10, 50, 100].map((ratePerSecond) => ({ ratePerSecond, meanUs: 1_000 + ratePerSecond })),
      }));
    }),
  );
  assert.match(words, /theory: L = λW, M\/D\/1.*mean response time \(ms\)/);
  assert.match(caption, /M\/D\/1, Poisson arrivals at replicas that take 1 ms/);
  assert.match(reading, /by theory 1.10 ms/);
  const theory = table.columns.findIndex(({ key }) => key === 'theory_ms');
  assert.ok(table.rows.some((row) => row[theory] === 1.1));
});

test('a further factor gets panels and laws of its own, and no law of another level', () => {
  const further = { payloadBytes: 0, keepAlive: true };
  const levels = [0, 10_000].map((thinkTimeUs) => ({ ...further, thinkTimeUs }));
  const twice = (named: boolean) =>
    changedResults((changed) => {
      changed.experiment.thinkTimeUs = [0, 10_000];
      changed.cells = changed.cells.flatMap((one) =>
        levels.map((of) => ({
          ...one,
          cell: { ...one.cell, ...of, key: `${one.cell.key}-${of.thinkTimeUs}` },
        })),
      );
      changed.laws = changed.laws.flatMap((law) =>
        levels.map((factors) => ({
          ...law,
          ...(named && { factors }),
          fit: factors.thinkTimeUs === 0 ? law.fit : null,
        })),
      );
      changed.speedups = changed.speedups.flatMap((one) =>
        levels.map((factors) => ({ ...one, ...(named && { factors }) })),
      );
    });
  const { words, table } = drawn('laws-replicas', twice(true));
  assert.match(words, /fitted law/);
  assert.ok(table.columns.some(({ key }) => key === 'think_time_ms'));
  const efficiency = drawn('efficiency', twice(true)).words;
  assert.match(efficiency, /100 messages per client, think time 0 ms: USL/);
  assert.match(efficiency, /100 messages per client, think time 10 ms: no law fitted/);
  // Little's law is one for all levels; the table names them.
  for (const { name, of } of figures) {
    if (!of(twice(true)) || ['capacity', 'fit-diagnostics', 'queueing'].includes(name)) continue;
    const all = drawn(name, twice(true)).words;
    for (const level of [0, 10]) assert.match(all, new RegExp(`think time ${level} ms`), name);
  }
  // Results of an older version name no factors: which of the two curves is meant?
  assert.doesNotMatch(drawn('laws-replicas', twice(false)).words, /fitted law/);
});

test('every caption has its sample size, and every reading follows the results', () => {
  const options = { ...smallStudy, systems: ['node', 'go'] };
  const [one, other] = [plantedResults(options), plantedResults({ ...options, seed: 2 })];
  for (const { name } of figures) {
    assert.match(drawn(name, one).caption, /n = \d/, name);
    assert.match(drawn(name, one).reading, /\d/, name);
    // The planted laws have the same bounds for any seed, and so has the capacity by them.
    // Nor do the planted processors have noise.
    if (!['capacity', 'processors'].includes(name))
      assert.notEqual(drawn(name, one).reading, drawn(name, other).reading, name);
  }
});

test('a figure one column wide is never taller than 120 mm, and names what it has no room for', () => {
  const studies = [{}, { systems: ['node', 'go', 'python'], rounds: 2 }];
  for (const results of studies.map(plantedResults)) {
    for (const { name, of } of figures) {
      for (const language of ['en', 'pt-BR'] as const) {
        const content = of(results);
        if (!content) continue;
        const drawing = content.draw({ width: pageWidths.narrow, language, heightMax: COLUMN_HEIGHT_MAX });
        const heightMm = (Number(drawing.attributes['height']) / 96) * 25.4;
        assert.ok(heightMm <= 120, `${name} is ${heightMm} mm`);
        const [whole, part] = [content.draw({ width: pageWidths.narrow, language }), drawing].map(textOf);
        // What stands in the whole of it and in no panel of this one is named.
        if (name === 'client-curves') {
          for (const replicas of [2, 4, 6, 8, 10]) {
            const title = language === 'en' ? `${replicas} replicas` : `${replicas} réplicas`;
            assert.ok(whole?.includes(title) && part?.includes(title), title);
          }
          assert.match(part ?? '', /No room here for|Sem espaço aqui para/);
        }
      }
    }
  }
});

test('axes name their units', () => {
  const results = plantedResults({ ...smallStudy, systems: ['node', 'go'] });
  const units: Readonly<Record<string, RegExp>> = {
    'throughput-replicas': /throughput \(requests\/s\)/,
    'client-curves': /throughput \(requests\/s\).*p95 latency \(ms\)/s,
    'latency-clients': /p95 latency \(ms\)/,
    capacity: /capacity \(clients\).*demand \(replicas\)/s,
    'latency-spectrum': /latency \(ms, log scale\)/,
    'latency-tail': /latency \(ms, log scale\)/,
    'over-time': /throughput \(requests\/s\).*time \(s\).*latency \(ms\)/s,
    'throughput-latency': /median latency \(ms\)/,
    queueing: /throughput × mean response time/,
  };
  for (const [name, unit] of Object.entries(units)) {
    for (const width of [672, 336])
      assert.match(drawn(name, results, width).words, unit, `${name} at ${width}`);
  }
});
