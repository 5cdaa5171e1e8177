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
      const table = printed(results, [`--lang=${language}`]).split('\n\n')[1] ?? '';
      assert.ok(table.split('\n').length >= 4);
      for (const line of table.split('\n')) assert.ok(line.length <= 80, line);
    }
  }
});

test('no head and no short name is cut where numbers are long and a level is named', () => {
  for (const [language, head] of [
    ['en', /^system +replicas/],
    ['pt-BR', /^sistema +réplicas/],
  ] as const) {
    const cells = planted.cells.map((one) => ({
      ...one,
      cell: { ...one.cell, key: `${one.cell.key}-payload4KiB` },
      ...Object.fromEntries(['p50Us', 'p95Us'].map((key) => [key, { value: 1_234_567, ci95: null }])),
      verdict: 'SUSPECT' as const,
    }));
    const table = printed({ ...planted, cells }, [`--lang=${language}`]).split('\n\n')[1] ?? '';
    assert.match(table.split('\n')[1] ?? '', head);
    assert.doesNotMatch(table.replace(/\n….*$/, ''), /…/);
    for (const line of table.split('\n')) assert.ok(line.length <= 80, line);
  }
});

test('what else the study varies has rows of its own, and a law is that of one system', () => {
  const payloads = [0, 4_096];
  const twice = planted.cells.flatMap((one) =>
    payloads.map((payloadBytes) => ({ ...one, cell: { ...one.cell, payloadBytes } })),
  );
  const experiment = { ...planted.experiment, payloadBytes: payloads };
  const text = printed({ ...planted, experiment, cells: twice });
  assert.match(text, /\d×\d+ payload0B /);
  assert.match(text, /\d×\d+ payload4KiB /);
  assert.match(printed(planted), /^node: Over replicas, at saturation/m);
  // The answer tells growth at one load, the law at all that saturate: it says so where there are several.
  const together = /every load that saturates together/;
  const loads = (all: boolean) => {
    const laws = planted.laws.map((law) => ({
      ...law,
      points: law.points.map((point) => ({
        ...point,
        cell: all ? `${point.n}, ${point.round}` : String(point.n),
      })),
    }));
    return printed({ ...planted, laws });
  };
  assert.match(loads(true), together);
  assert.doesNotMatch(loads(false), together);
});

test('an open loop is named by its rate, and its rows by that', () => {
  const cells = planted.cells.map((one) => ({ ...one, cell: { ...one.cell, ratePerSecond: 200 } }));
  const text = printed({ ...planted, cells });
  assert.match(text, /^system +replicas +offered +req\/s/m);
  assert.match(text, / 200\/s /);
});

test('the interval of throughput and the limit stand in the table, as far as 80 columns have room', () => {
  const limit = { what: 'machine', values: { servers: 2, cores: 2 } } as const;
  const cells = planted.cells.map((one) => ({ ...one, limit }));
  const rowsOf = (results: Results, language: string) =>
    printed(results, [`--lang=${language}`])
      .split('\n')
      .filter((line) => /^node +\d /.test(line));
  assert.match(
    rowsOf({ ...planted, cells }, 'en')[1] ?? '',
    / \[\d[\d,]*; \d[\d,]*\] .* processors +[A-Z]+$/,
  );
  assert.match(rowsOf({ ...planted, cells }, 'pt-BR')[0] ?? '', / CPU cheia +[A-Z]+$/);
  const named = {
    ...planted,
    cells: cells.map((one) => ({ ...one, cell: { ...one.cell, payloadBytes: 4_096 } })),
  };
  const experiment = { ...planted.experiment, payloadBytes: [0, 4_096] };
  const [, row = ''] = rowsOf({ ...named, experiment }, 'en');
  assert.match(row, /payload4KiB/);
  assert.doesNotMatch(row, /\[/);
  assert.match(row, / processors +[A-Z]+$/);
});

test('a share of failures has its column only where a request failed', () => {
  const failing = (value: number) => ({
    ...planted,
    cells: planted.cells.map((one) => ({ ...one, failureShare: { value, n: 2, ci95: null } })),
  });
  assert.doesNotMatch(printed(failing(0)), /^system.* failed /m);
  assert.match(printed(failing(0.02)), /^system.* failed .*\n.* 2\u00a0% /m);
});

test('rows that do not fit are counted, not passed over', () => {
  assert.match(printed(withCells('node', 20)), /… and 8 more rows in the report/);
  assert.match(printed(withCells('node', 13), ['--lang=pt-BR']), /… e mais 1 linha no relatório/);
});

test('the answer stands first, then how far to trust it, then the table and where everything is', () => {
  for (const language of ['en', 'pt-BR'] as const) {
    const [first = '', , , third = ''] = printed(planted, [`--lang=${language}`]).split('\n\n');
    const { answer } = planted;
    assert.ok(answer);
    assert.deepEqual(first.split('\n'), [
      ...[answer, ...answer.further].map(({ sentence }) => sentence[language]),
      answer.trust[language],
    ]);
    assert.equal(third, '');
  }
  const text = printed(planted);
  assert.match(text, /The ledger (closes in every cell|does not close in \d+ trials?): what clients saw/);
  assert.match(text, /Everything is in runs\/planted: report\.html/);
  assert.doesNotMatch(text, /\{\w+|undefined|NaN/);
});

test('one round says that there are no intervals, and the command for five', () => {
  const once = { ...planted, experiment: { ...planted.experiment, rounds: 1 } };
  assert.match(
    printed(once),
    /no intervals; five may: npm start -- run runs\/planted\/experiment\.yaml --rounds 5/,
  );
});

test('verdicts are coloured in a terminal, and the words are the same', () => {
  const coloured = printed(withCells('node', 2), [], 80);
  assert.ok(coloured.includes('\x1b[31mINVALID\x1b[39m'));
  const table = (text: string) => stripVTControlCharacters(text).split('\n\n')[1];
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
