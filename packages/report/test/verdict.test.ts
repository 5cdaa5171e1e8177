import assert from 'node:assert/strict';
import test from 'node:test';
import { textOf } from '../src/markup/element.ts';
import { verdictSection } from '../src/page/verdict.ts';
import { plantedResults } from './planted/planted-results.ts';
import { changedResults, smallStudy } from './temporary-run.ts';

test('the verdict names the law of a curve, and no law where it could belong to several curves', () => {
  assert.match(
    textOf(verdictSection(plantedResults(smallStudy), 'en')),
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
  assert.doesNotMatch(textOf(verdictSection(varied, 'en')), /Over replicas/);
});
