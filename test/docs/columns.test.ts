import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Results } from '@escala/model';
import { tableColumns } from '../../docs/pages/table-columns.ts';
import { figures } from '../../packages/report/src/figures/catalogue.ts';
import { auditTable, cellsTable, kindsTable } from '../../packages/report/src/study/cells-table.ts';
import { lawsTable } from '../../packages/report/src/study/laws.ts';
import { csvOf } from '../../packages/report/src/tables/table.ts';
import { filesForPapers } from '../../packages/report/src/write-report.ts';
import { plantedResults } from '../../packages/report/test/planted/planted-results.ts';
import { smallStudy } from '../../packages/report/test/temporary-run.ts';

const planted = plantedResults({ ...smallStudy, systems: ['node', 'go'] });

/** With two levels of every further factor. */
const varied: Results = {
  ...planted,
  experiment: {
    ...planted.experiment,
    arrivals: ['poisson', 'uniform'],
    durationUs: [1_000_000, 2_000_000],
    payloadBytes: [0, 256],
    thinkTimeUs: [0, 1_000],
    keepAlive: [true, false],
    kubernetes: {
      ...planted.experiment.kubernetes,
      storage: ['shared', 'ephemeral'],
      clientsPerPod: [10, 20],
    },
  },
};
const open: Results = {
  ...planted,
  experiment: { ...planted.experiment, rate: [200] },
  cells: planted.cells.map((one) => ({ ...one, cell: { ...one.cell, ratePerSecond: 200 } })),
  queues: planted.asymptotes.map(({ baseLatencyUs: _, thinkTimeUs: __, throughputMax: ___, ...curve }) => ({
    ...{ ...curve, model: 'M/D/1', serviceUs: 1_000 },
    points: [{ ratePerSecond: 200, meanUs: 1_100 }],
  })),
};
/** Laws with what only some have. */
const lawful: Results = {
  ...planted,
  laws: planted.laws.map((law) => ({
    ...law,
    fitWithExcluded: law.fit,
    fit: law.fit && { ...law.fit, peak: { ...law.fit.peak, status: 'inside', n: 3 } },
  })) as Results['laws'],
};

/** A study of several kinds of request. */
const mixed: Results = {
  ...planted,
  cells: planted.cells.map((cell) => ({
    ...cell,
    kinds: [
      {
        request: 'order',
        requests: cell.counts.requests,
        outcomes: cell.counts.outcomes,
        throughput: cell.throughput,
        p50Us: cell.p50Us,
        p95Us: cell.p95Us,
        p99Us: cell.p99Us,
        percentilesAtTimeout: [],
        failureShare: cell.failureShare,
        sloVerdicts: [],
      },
    ],
  })),
};

/** The first line of every CSV file that a report of these results writes. */
function headsOf(results: Results): string[] {
  const drawn = figures.flatMap((figure) => figure.of(results)?.table ?? []);
  const kinds = kindsTable(results);
  const ofStudy = [cellsTable(results), ...(kinds ? [kinds] : []), lawsTable(results), auditTable(results)];
  const tables = [...drawn, ...ofStudy].map(csvOf);
  const tidy = Object.entries(filesForPapers(results, 'en')).filter(([name]) => name.endsWith('.csv'));
  return [...tables, ...tidy.map(([, text]) => text)].map((text) => text.slice(0, text.indexOf('\n')));
}

test('every column of tables/*.csv and figures/*.csv is in columns.md, and none that no file has', () => {
  const written = new Set(
    [planted, varied, open, lawful, mixed].flatMap(headsOf).flatMap((head) => head.split(',')),
  );
  const described = Object.values(tableColumns).flatMap((columns) =>
    columns.map(({ name }) => name as string),
  );
  assert.deepEqual([...written].filter((name) => !described.includes(name)).sort(), []);
  assert.deepEqual(
    described.filter((name) => !written.has(name)),
    [],
  );
  assert.equal(new Set(described).size, described.length);
});
