import assert from 'node:assert/strict';
import test from 'node:test';
import { textOf } from '../src/markup/element.ts';
import { auditSection, lawsSaid } from '../src/page/verdict.ts';
import { plantedResults } from './planted/planted-results.ts';
import { changedResults, smallStudy } from './temporary-run.ts';

test('the report names the law of a curve, and no law where it could belong to several curves', () => {
  assert.match(
    lawsSaid(plantedResults(smallStudy), 'en').join(' '),
    /Over replicas, at saturation \(100 messages .*\): USL/,
  );
  const varied = changedResults((results) => {
    results.experiment.keepAlive = [true, false];
    const { cells, laws } = results;
    results.laws = [...laws, ...laws];
    results.cells = cells.flatMap((one) => [
      one,
      { ...one, cell: { ...one.cell, key: `${one.cell.key}-new`, keepAlive: false } },
    ]);
  });
  assert.doesNotMatch(lawsSaid(varied, 'en').join(' '), /Over replicas/);
});

test('a reason of several trials is one row, with its cells and rounds', () => {
  const results = changedResults(({ trials }) => {
    for (const [i, trial] of trials.entries()) {
      const values = { lagUs: 1_040 + 10 * i, lagLimitUs: 1_000 };
      trial.audits = [{ audit: 'client-limits', status: 'warn', finding: 'client-limits.send-lag', values }];
    }
  });
  const text = textOf(auditSection(results, 'en'));
  assert.equal(text.split('One request in a hundred was sent').length, 2);
  assert.match(text, new RegExp(`SUSPECT\\s*${results.trials.length}\\s*One request`));
  assert.match(text, new RegExp(`${results.trials[0]?.cell} \\(1`));
});
