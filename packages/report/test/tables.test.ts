import assert from 'node:assert/strict';
import test from 'node:test';
import { plantedSentence } from '../../../test/planted-sentence.ts';
import { serialize } from '../src/markup/serialize.ts';
import { auditTable, cellsTable } from '../src/study/cells-table.ts';
import { lawsTable } from '../src/study/laws.ts';
import { htmlTable } from '../src/tables/html.ts';
import { latexOf } from '../src/tables/latex.ts';
import { csvOf, markdownOf, type Table } from '../src/tables/table.ts';
import { plantedResults } from './planted/planted-results.ts';
import { smallStudy } from './temporary-run.ts';

const tableOf = (rows: Table['rows']): Table => ({
  columns: [
    { key: 'name', title: plantedSentence('name') },
    { key: 'rate_per_s', title: plantedSentence('rate'), unit: plantedSentence('1/s'), style: 'significant' },
    { key: 'low_per_s', highKey: 'high_per_s', title: plantedSentence('interval'), style: 'significant' },
  ],
  rows,
});

test('an interval is one column for people and two for programs', () => {
  const table = tableOf([
    ['a', 1234.5678, { low: 0.25, high: null }],
    ['b', null, null],
  ]);
  assert.equal(csvOf(table), 'name,rate_per_s,low_per_s,high_per_s\na,1234.5678,0.25,\nb,,,\n');
  assert.equal(
    markdownOf(table, 'pt-BR'),
    '| name | rate (1/s) | interval |\n| :-- | --: | --: |\n| a | 1.235 | \\[0,250; ∞\\] |\n| b | – | – |\n',
  );
});

test('a number that is only known to be at least so large says so to people, and is none to programs', () => {
  const table = tableOf([['a', { atLeast: 10_000 }, null]]);
  assert.equal(csvOf(table), 'name,rate_per_s,low_per_s,high_per_s\na,,,\n');
  assert.match(markdownOf(table, 'en'), /\| a \| ≥ 10,000 \| – \|/);
  assert.match(latexOf(table, 'pt-BR'), /\$\\geq\$ 10\.000/);
});

test('every character that LaTeX or Markdown would obey is escaped, and a spreadsheet runs no formula', () => {
  const specials = '&%$#_{}~^\\|<b>*`\n=1';
  const table = tableOf([
    [specials, 1, null],
    ['=HYPERLINK("x")', 1, null],
  ]);
  const latex = latexOf(table, 'en');
  assert.ok(
    latex.includes(
      '\\&\\%\\$\\#\\_\\{\\}\\textasciitilde{}\\textasciicircum{}\\textbackslash{}|<b>*`  =1'.replace(
        '  ',
        ' ',
      ),
    ),
    latex,
  );
  assert.match(latexOf(tableOf([['[a]', 1, null]]), 'en'), /^\{\}\[a\]/m);
  assert.match(markdownOf(table, 'en'), /\\\|&lt;b&gt;\\\*\\` =1/);
  assert.match(csvOf(table), /"'=HYPERLINK\(""x""\)"/);
});

test('a LaTeX table has the rules of booktabs and as many cells in a row as columns', () => {
  const results = plantedResults({ ...smallStudy, systems: ['node', 'go'] });
  for (const table of [cellsTable(results), lawsTable(results), auditTable(results)]) {
    for (const language of ['en', 'pt-BR'] as const) {
      const lines = latexOf(table, language).trimEnd().split('\n');
      for (const rule of ['\\toprule', '\\midrule', '\\bottomrule'])
        assert.equal(lines.filter((line) => line === rule).length, 1);
      const columns = table.columns.filter(({ text }) => text !== 'note').length;
      const isNote = (line: string) => line.startsWith(`\\multicolumn{${columns}}`);
      const rows = lines.slice(lines.indexOf('\\midrule')).filter((line) => /\\\\\*?$/.test(line));
      assert.equal(rows.filter((row) => !isNote(row)).length, table.rows.length);
      assert.equal(rows.some(isNote), columns < table.columns.length);
      for (const row of rows) {
        if (!isNote(row)) assert.equal(row.replaceAll('\\&', '').split('&').length, columns, row);
        // What else than Latin letters is left would stop a compiler that has no fonts for it.
        assert.doesNotMatch(row, /[^\u0020-\u007e\u00a1-\u00ff]/, row);
      }
    }
  }
});

test('a LaTeX table is set smaller, then across the page, only where it is too wide, and over pages where it is long', () => {
  const column = { key: 'a', title: plantedSentence('a'), style: 'integer' } as const;
  const wide = (columns: number, rows = 1) =>
    latexOf(
      {
        columns: Array.from({ length: columns }, () => column),
        rows: Array.from({ length: rows }, () => Array.from({ length: columns }, () => 123_456)),
      },
      'en',
    );
  const inside = (latex: string) =>
    [...latex.matchAll(/footnotesize|scriptsize|landscape|longtable/g)].map(String);
  assert.deepEqual(inside(wide(4)), ['footnotesize']);
  assert.deepEqual(inside(wide(14)), ['scriptsize']);
  assert.deepEqual(inside(wide(16)), ['landscape', 'footnotesize', 'landscape']);
  assert.equal(inside(wide(4, 45))[0], 'longtable');
  assert.match(wide(16), /^% \\usepackage\{array,booktabs,pdflscape\}$/m);
});

test('the table of laws says why each law was chosen, in both languages', () => {
  const table = lawsTable(plantedResults(smallStudy));
  const why = table.columns.findIndex(({ key }) => key === 'why');
  for (const row of table.rows) {
    const said = row[why];
    assert.ok(
      said && typeof said === 'object' && 'en' in said && said.en !== '' && said['pt-BR'] !== '',
      String(row),
    );
  }
});

test('where people read, a note stands across the table below its row; programs find it in its column', () => {
  const table: Table = {
    columns: [
      { key: 'law', title: plantedSentence('law') },
      { key: 'n', title: plantedSentence('n'), style: 'integer' },
      { key: 'why', title: plantedSentence('why'), text: 'note' },
    ],
    rows: [['USL', 3, 'because']],
  };
  const html = serialize(htmlTable(table, 'laws', 'Laws', 'en'), 'html');
  assert.match(html, /<td class="n">3<\/td><\/tr><tr class="note"><td colspan="2"><p>because<\/p>/);
  assert.doesNotMatch(html, /why/);
  assert.match(latexOf(table, 'en'), /USL & 3 \\\\\*\n\\multicolumn\{2\}.*because\} \\\\\n/);
  assert.equal(csvOf(table), 'law,n,why\nUSL,3,because\n');
  assert.match(markdownOf(table, 'en'), /\| USL \| 3 \| because \|/);
});

test('what must be said beside a law stands after its reason', () => {
  const table = lawsTable(plantedResults(smallStudy));
  const why = table.columns.findIndex(({ key }) => key === 'why');
  assert.match(
    JSON.stringify(table.rows.map((row) => row[why])),
    /"en":"USL: α = .* from 1 to 10 replicas .*: the fit hangs on that level\.","pt-BR":"USL: α = .* de 1 a 10 réplicas .*depende desse nível\."/,
  );
});

test('a factor that the study varies stands in the table of cells', () => {
  const results = plantedResults(smallStudy);
  const varied = { ...results, experiment: { ...results.experiment, payloadBytes: [0, 256] } };
  assert.ok(cellsTable(varied).columns.some(({ key }) => key === 'payload_bytes'));
  assert.ok(!cellsTable(results).columns.some(({ key }) => key === 'payload_bytes'));
});
