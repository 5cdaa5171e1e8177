import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { CellResult, Results } from '@escala/model';
import { printFindings } from '../src/commands/measure/findings-text.ts';
import { plantedWorld } from './planted-world.ts';

const planted = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../test/data/results/planted-small.json'), 'utf8'),
) as Results;

function printed(results: Results, argv: readonly string[] = [], columns: number | null = null): string {
  const world = plantedWorld(argv, { columns });
  printFindings(results, 'runs/planted', world);
  return world.stdout.text();
}

/** The planted study with one system of this name and so many numbers of replicas. */
function withCells(system: string, levels: number): Results {
  const [first] = planted.cells as [CellResult];
  const cells = Array.from({ length: levels }, (_, i) => ({
    ...first,
    cell: { ...first.cell, system, replicas: i + 1, clients: 100_000, messages: 10_000_000 },
    verdict: 'INVALID' as const,
  }));
  return { ...planted, cells };
}

test('the table fits 80 columns in both languages, whatever the systems are called', () => {
  for (const language of ['en', 'pt-BR']) {
    for (const results of [
      planted,
      withCells('a-system-with-a-name-of-sixty-letters-that-nobody-would-type-in', 3),
    ]) {
      const table = printed(results, [`--lang=${language}`]).split('\n\n')[0] ?? '';
      assert.ok(table.split('\n').length >= 3);
      for (const line of table.split('\n')) assert.ok(line.length <= 80, line);
    }
  }
});

test('no head and no short name is cut where numbers are long and a level is named', () => {
  for (const [language, head] of [
    ['en', /^system replicas/],
    ['pt-BR', /^sistema réplicas/],
  ] as const) {
    const cells = planted.cells.map((one) => ({
      ...one,
      cell: { ...one.cell, key: `${one.cell.key}-payload4KiB` },
      ...Object.fromEntries(['p50Us', 'p95Us'].map((key) => [key, { value: 1_234_567, ci95: null }])),
      verdict: 'SUSPECT' as const,
    }));
    const table = printed({ ...planted, cells }, [`--lang=${language}`]).split('\n\n')[0] ?? '';
    assert.match(table, head);
    assert.doesNotMatch(table.replace(/\n….*$/, ''), /…/);
    for (const line of table.split('\n')) assert.ok(line.length <= 80, line);
  }
});

test('what else the study varies has rows of its own, and no growth of one level for all', () => {
  const payloads = [0, 4_096];
  const twice = planted.cells.flatMap((one) =>
    payloads.map((payloadBytes) => ({ ...one, cell: { ...one.cell, payloadBytes } })),
  );
  const experiment = { ...planted.experiment, payloadBytes: payloads };
  const speedups = [...planted.speedups, ...planted.speedups];
  const laws = [...planted.laws, ...planted.laws];
  const text = printed({ ...planted, experiment, cells: twice, speedups, laws });
  assert.match(text, /\d×\d+ payload0B /);
  assert.match(text, /\d×\d+ payload4KiB /);
  assert.match(printed(planted), /times the work of/);
  assert.doesNotMatch(text, /times the work of/);
});

test('limits of growth that are far apart are told as next to nothing, with no 0.0', () => {
  const withLimits = (low: number, high: number) => ({
    ...planted,
    speedups: planted.speedups.map((series) => ({
      ...series,
      points: series.points.map((point) => ({
        ...point,
        clientLimited: false,
        speedup: { ...point.speedup, ci95: { low, high, level: 0.95, method: 'Welch' } },
      })),
    })),
  });
  assert.match(printed(withLimits(0.0092, 242.3)), /next to nothing: 95 % 0\.009 to 242\.3 \(at/);
  assert.match(printed(withLimits(1.2, 1.9)), /the work of \d+, 95 % 1\.2 to 1\.9 \(at/);
});

test('an open loop is named by its rate, and what is counted by verdict are trials', () => {
  const cells = planted.cells.map((one) => ({ ...one, cell: { ...one.cell, ratePerSecond: 200 } }));
  const text = printed({ ...planted, cells });
  assert.match(text, /^system +replicas +offered +answered\/s/);
  assert.match(text, / 200\/s /);
  assert.match(text, /\d requests\. Trials: \d+ VALID/);
});

test('rows that do not fit are counted, not passed over', () => {
  assert.match(printed(withCells('node', 20)), /… and 8 more rows in the report/);
  assert.match(printed(withCells('node', 13), ['--lang=pt-BR']), /… e mais 1 linha no relatório/);
});

test('the paragraph says what was found and where everything is', () => {
  const text = printed(planted);
  const { requests, verdicts } = planted.totals;
  assert.ok(
    text.includes(`${requests.toLocaleString('en')} requests. Trials: ${verdicts.VALID} VALID`),
    text,
  );
  assert.match(text, /The ledger (closes in every cell|does not close in \d+ trials?)\./);
  assert.ok(text.includes(planted.summary.throughputMax?.cell ?? '?'));
  assert.match(text, /Everything is in runs\/planted: report\.html/);
  assert.doesNotMatch(text, /\{\w+|undefined|NaN/);
});

test('one round says that there are no intervals, and the command for five', () => {
  const once = {
    ...planted,
    experiment: { ...planted.experiment, rounds: 1 },
    cells: planted.cells.map((cell) => ({ ...cell, rounds: 1 })),
  };
  assert.match(
    printed(once),
    /in 1 round,[\s\S]*no intervals; five may: npm start -- run runs\/planted\/experiment\.yaml --rounds 5/,
  );
  assert.match(printed(once, ['--lang=pt-BR']), /em 1 rodada,/);
});

test('verdicts are coloured in a terminal, and the words are the same', () => {
  const coloured = printed(withCells('node', 2), [], 80);
  assert.ok(coloured.includes('\x1b[31mINVALID\x1b[39m'));
  const table = (text: string) => stripVTControlCharacters(text).split('\n\n')[0];
  assert.equal(table(coloured), table(printed(withCells('node', 2))));
});

test('thirty SUSPECT trials of one reason are five lines at the end, with the cells that have the most', () => {
  const values = (i: number) => ({ lagUs: 1_040 + i, lagLimitUs: 1_000 });
  const trials = planted.trials.slice(0, 30).map((trial, i) => {
    const audits = [
      {
        audit: 'client-limits',
        status: 'warn',
        finding: 'client-limits.send-lag',
        values: values(i),
      } as const,
    ];
    return { ...trial, verdict: 'SUSPECT' as const, audits };
  });
  for (const [language, begin] of [
    ['en', '30 trials SUSPECT: One request in a hundred'],
    ['pt-BR', '30 ensaios SUSPECT: Uma requisição em cada cem'],
  ] as const) {
    const lines = printed({ ...planted, trials }, [`--lang=${language}`], 80)
      .trimEnd()
      .split('\n');
    const from = lines.findIndex((line) => stripVTControlCharacters(line).startsWith(begin));
    const to = lines.findIndex((line) => line.includes('runs/planted:'));
    assert.ok(from > 0 && to - from <= 5, lines.join('\n'));
  }
});
