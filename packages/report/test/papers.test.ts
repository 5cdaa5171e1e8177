import assert from 'node:assert/strict';
import test from 'node:test';
import type { Language, Results } from '@escala/model';
import { parse } from 'csv-parse/sync';
import { plantedSentence } from '../../../test/planted-sentence.ts';
import { summaryCaption } from '../src/papers/summary-table.ts';
import { filesForPapers } from '../src/write-report.ts';
import { plantedResults } from './planted/planted-results.ts';
import { smallStudy } from './temporary-run.ts';

const planted = plantedResults({ ...smallStudy, systems: ['node', 'go'] });
const twoSystems: Results = {
  ...planted,
  comparisons: (['throughput', 'p95'] as const).flatMap((metric) =>
    planted.comparisons.map((pair) => ({ ...pair, metric })),
  ),
};
const withLimits = (results: Results): Results => ({
  ...results,
  cells: results.cells.map((one) => ({
    ...one,
    limit: { what: 'machine', values: { servers: 4, cores: 2 } },
  })),
});
const sentence = plantedSentence('go is faster [1.1; 1.3].', 'go é mais rápido [1,1; 1,3].');
const answered: Results = {
  ...withLimits(twoSystems),
  answer: {
    kind: 'systems',
    sentence,
    numbers: {},
    interval: null,
    cells: [],
    trust: plantedSentence('All VALID.', 'Tudo VALID.'),
    further: [{ kind: 'replicas', sentence, numbers: {}, interval: null, cells: [] }],
  },
};

/** The files in `tables/` of a report on these results. */
function tablesOf(results: Results, language: Language = 'en') {
  const files = filesForPapers(results, language);
  const text = (name: string) => files[name] ?? assert.fail(name);
  const rows = (name: string): Record<string, string>[] => parse(text(name), { columns: true });
  return { text, rows };
}

test('the small table has the best load of each system and number of replicas, below the answer', () => {
  const { text, rows } = tablesOf(answered, 'pt-BR');
  const summary = rows('summary.csv');
  assert.equal(summary.length, 2 * 3);
  for (const row of summary) {
    const same = twoSystems.cells.filter(
      ({ cell }) => cell.system === row['system'] && String(cell.replicas) === row['replicas'],
    );
    assert.equal(
      Number(row['throughput_per_s']),
      Math.max(...same.map(({ throughput }) => throughput?.value ?? 0)),
    );
    assert.ok(Number(row['ci95_low_per_s']) < Number(row['ci95_high_per_s']));
    assert.equal(row['limit'], 'processors');
  }
  const paragraphs = text('summary.md').split('\n\n');
  assert.deepEqual(paragraphs.slice(0, 3), [
    'go é mais rápido \\[1,1; 1,3\\].',
    'go é mais rápido \\[1,1; 1,3\\].',
    'Tudo VALID.',
  ]);
  assert.match(paragraphs[3] ?? '', /^\| sistema .* limite .* veredito \|\n/);
});

test('in LaTeX the small table is a float of one column with a caption and a label', () => {
  for (const language of ['en', 'pt-BR'] as const) {
    const latex = tablesOf(answered, language).text('summary.tex');
    assert.match(
      latex,
      /^\\begin\{table\}\n\\centering\n\\caption\{planted \(node, go\): .*\}\n\\label\{tab:planted\}$/m,
    );
    assert.match(latex, /\\resizebox\{\\ifdim\\width>\\columnwidth\\columnwidth/);
    assert.doesNotMatch(latex, /longtable|landscape|table\*/);
    assert.doesNotMatch(latex, /[^\u0020-\u007e\u00a1-\u00ff\n]/);
    assert.equal(latex.match(/^(node|go) & .*\\\\$/gm)?.length, 6);
  }
});

test('what is the same in every row of the LaTeX table stands once, in its caption', () => {
  const calm = plantedResults({ ...smallStudy, suspectEvery: 0, invalidEvery: 0, rounds: 1 });
  const latex = tablesOf(calm).text('summary.tex');
  assert.match(
    latex,
    /caption\{.*\(node\).*one round and so without intervals.*All these cells are VALID\.\}/,
  );
  assert.doesNotMatch(latex, /^.*(system|interval|verdict) .*&/m);
  const doubted = tablesOf(answered).text('summary.tex');
  assert.match(doubted, / & \? \\\\$/m);
  assert.match(doubted, /\?: SUSPECT; \$\\times\$: INVALID\./);
  assert.doesNotMatch(doubted, /All these cells/);
  // The page has the whole table, with verdicts in words.
  assert.doesNotMatch(summaryCaption(answered, 'en'), /SUSPECT|× messages/);
});

test('a notebook finds a row for every trial, with its cell, verdict and numbers', () => {
  const trials = tablesOf(answered).rows('trials.csv');
  assert.equal(trials.length, twoSystems.trials.length);
  for (const [i, trial] of twoSystems.trials.entries()) {
    const row = trials[i] ?? {};
    const { cell, kind } = twoSystems.cells.find((one) => one.cell.key === trial.cell) ?? assert.fail();
    assert.deepEqual(
      [row['system'], row['replicas'], row['clients'], row['messages'], row['round'], row['verdict']].map(
        String,
      ),
      [cell.system, cell.replicas, cell.clients, cell.messages, trial.round, trial.verdict].map(String),
    );
    const throughput = kind === 'steady' ? trial.throughputWindow : trial.throughputMakespan;
    assert.equal(Number(row['throughput_per_s']), throughput);
    assert.equal(row['limit'], 'machine');
    assert.equal(Number(row['failed']), trial.counts.requests - trial.counts.outcomes.answered);
  }
});

test('a notebook finds a row for every compared cell and metric, with both sides', () => {
  const compared = tablesOf(answered).rows('comparisons.csv');
  const cells = twoSystems.comparisons.flatMap((pair) => pair.cells.map((one) => ({ pair, one })));
  assert.equal(compared.length, cells.length);
  assert.deepEqual(new Set(compared.map(({ unit }) => unit)), new Set(['requests/s', 'ms']));
  for (const [i, { pair, one }] of cells.entries()) {
    const row = compared[i] ?? {};
    const unit = pair.metric === 'throughput' ? 1 : 1_000;
    assert.equal(row['value_a'], one.a === null ? '' : String(one.a / unit));
    assert.equal(row['value_b'], one.b === null ? '' : String(one.b / unit));
    assert.deepEqual(
      [row['rounds_a'], row['ratio']],
      [String(one.roundsA), one.ratio === null ? '' : String(one.ratio)],
    );
  }
});

test('a study of one system has tidy tables all the same, one of them without a row', () => {
  const { rows, text } = tablesOf(plantedResults(smallStudy));
  assert.ok(rows('trials.csv').length > 0);
  assert.match(text('comparisons.csv'), /^run,metric,.*\n$/);
});

test('a paragraph of results is ready to paste in both languages: method, answers, trust', () => {
  const { text } = tablesOf(answered);
  const [, english = '', , portuguese = ''] = text('results-paragraph.md').split(/\n\n?/).filter(Boolean);
  assert.match(
    english,
    /^node and go were measured with Escala .* \(target .*\) at these levels: replicas 1, 2, 4; clients 10, 50, 100; messages 1, 100; 36 cells in 3 rounds, .* [\d,]+ requests in all\. /,
  );
  assert.match(english, /never from requests\. go is faster .*go is faster .* All VALID\.$/);
  assert.match(
    portuguese,
    /^node e go foram medidos .* réplicas 1, 2, 4; .* go é mais rápido .* Tudo VALID\.$/,
  );
  const once = tablesOf(plantedResults({ ...smallStudy, rounds: 1 })).text('results-paragraph.md');
  assert.match(once, /^node was measured .* in 1 round, /m);
  assert.doesNotMatch(once, /intervals|\{/);
});
