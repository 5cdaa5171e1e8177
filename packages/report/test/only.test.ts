import assert from 'node:assert/strict';
import test from 'node:test';
import { EscalaError, factorKeys, languages } from '@escala/model';
import { figures } from '../src/figures/catalogue.ts';
import { facets } from '../src/figures/kinds/facets.ts';
import { textOf } from '../src/markup/element.ts';
import { levelsOf, onlyOf } from '../src/only.ts';
import { plantedResults } from './planted/planted-results.ts';
import { smallStudy } from './temporary-run.ts';

const results = plantedResults({ ...smallStudy, systems: ['node', 'go', 'python'] });
const figureOf = (name: string) => figures.find((one) => one.name === name) ?? assert.fail();

test('only: the cells of these levels stay, with their trials, and the study is as if it had no others', () => {
  const part = onlyOf(['messages=100', 'system=go', 'system=node'], results);
  assert.equal(part.cells.length, 2 * 3 * 3);
  assert.ok(part.cells.every(({ cell }) => cell.messages === 100 && cell.system !== 'python'));
  assert.equal(part.trials.length, part.cells.length * 3);
  assert.deepEqual(part.experiment.messages, [100]);
  assert.deepEqual(
    part.experiment.systems.map(({ name }) => name),
    ['node', 'go'],
  );
  assert.ok(part.laws.length > 0 && part.laws.length < results.laws.length);
  assert.ok(part.comparisons.every(({ a, b }) => a !== 'python' && b !== 'python'));
  assert.ok(part.comparisons[0]?.cells.every(({ messages }) => messages === 100));
});

test('only: what was judged over a whole curve does not stand for a part of it', () => {
  const part = onlyOf(['clients=10', 'replicas=1', 'replicas=2'], results);
  assert.deepEqual([part.capacities, part.knees, part.asymptotes], [[], [], []]);
  assert.ok(
    part.speedups.every(({ clients, points }) => clients === 10 && points.every((at) => at.replicas < 4)),
  );
  assert.ok(part.laws.every(({ held }) => held.what !== 'saturation'));
  assert.deepEqual(
    onlyOf(['replicas=1', 'replicas=2', 'replicas=4'], results),
    results,
    'all levels are no part',
  );
});

test('only: a factor or a level that the study has not is told with those that it has', () => {
  const told = (text: string) => {
    try {
      onlyOf([text], results);
    } catch (error) {
      assert.ok(error instanceof EscalaError && error.code === 'OPTION_INVALID');
      return languages.map((language) => error.says[language]).join(' ');
    }
    return assert.fail(`${text} was taken`);
  };
  assert.match(told('mesages=100'), /system, replicas, clients, messages.*messages/s);
  assert.match(told('messages=7'), /1, 100/);
  assert.match(told('messages'), /1, 100/);
  assert.match(told('rate=100'), /system, replicas/, 'a closed loop has no rates');
});

test('by: every figure is drawn for every factor, and for a part of the study', () => {
  const keys = factorKeys.filter((key) => levelsOf(key, results).length > 1);
  assert.deepEqual(keys, ['system', 'replicas', 'clients', 'messages']);
  const part = onlyOf(['system=go', 'messages=100', 'clients=100'], results);
  for (const figure of figures) {
    const drawn = [figure.of(part), ...keys.map((key) => facets(figure, key, results))];
    for (const content of drawn) {
      const words = content && textOf(content.draw({ width: 672, language: 'en' })) + content.caption('en');
      assert.doesNotMatch(words ?? '', /NaN|undefined|Infinity|\{\w+\}/, figure.name);
    }
    assert.ok(drawn.some(Boolean), figure.name);
  }
});

test('by: panels are named by their level, and each name stands in the legend once', () => {
  const byMessages = facets(figureOf('throughput-replicas'), 'messages', results);
  const words = textOf(byMessages?.draw({ width: 672, language: 'en' }) ?? assert.fail());
  assert.match(words, /^nodegopythonideal1 message per client.*100 messages per client/);
  assert.equal(words.match(/python/g)?.length, 1);
  const bySystem = facets(figureOf('throughput-replicas'), 'system', results);
  assert.match(
    textOf(bySystem?.draw({ width: 672, language: 'pt-BR' }) ?? assert.fail()),
    /^1 mensagem por cliente100 mensagens por clienteideal.*node.*go.*python/,
  );
});
