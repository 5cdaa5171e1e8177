// Each sentence of the terminal and of the report against planted studies: it stands exactly where it is true.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import {
  type FitReason,
  fitReasons,
  type Results,
  type Sentence,
  sentences,
  uncheckedTopics,
  verdictWords,
} from '@escala/model';
import { printFindings } from '../../packages/cli/src/commands/measure/findings-text.ts';
import { plantedWorld } from '../../packages/cli/test/planted-world.ts';
import { figures } from '../../packages/report/src/figures/catalogue.ts';
import { type Element, h, textOf } from '../../packages/report/src/markup/element.ts';
import { serialize } from '../../packages/report/src/markup/serialize.ts';
import { methodParts } from '../../packages/report/src/page/method.ts';
import { rawSection, seedsSection } from '../../packages/report/src/page/origin.ts';
import { lawsSaid, verdictSection } from '../../packages/report/src/page/verdict.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { pageReasons, progressReasons, progressTable, statusTable } from './live-table.ts';
import { stands } from './stands.ts';
import { plantedStates } from './states.ts';
import {
  exactFigureTable,
  figureTable,
  type IsTrue,
  lawTable,
  legendTable,
  reportTable,
  terminalTable,
  verdictTable,
} from './table.ts';

const findingsWords = sentences.cli.findings;
const progressWords = sentences.cli.progress;
const distributionWords = sentences.report.distributions;
const figureWords = sentences.report.figures;
const pageWords = sentences.report.wordsPage;
const live = sentences.dashboard;
const scalingWords = sentences.report.scaling;

interface Said {
  readonly results: Results;
  readonly terminal: string;
  /** The first section of the report alone. */
  readonly verdict: string;
  readonly report: string;
}
const folder = temporaryFolder(test);
const said = new Map<string, Said>();
before(async () => {
  for (const [state, results] of await plantedStates(folder)) {
    const world = plantedWorld(['--lang=en']);
    printFindings(results, 'runs/planted', world);
    const verdict = textOf(verdictSection(results, 'en'));
    said.set(state, { results, terminal: world.stdout.text(), verdict, report: reportOf(results) });
  }
});

/** All sentences of the page; nothing is drawn for it. */
function reportOf(results: Results): string {
  const sections = [
    verdictSection(results, 'en'),
    h('section', {}, methodParts(results, 'en')),
    h('p', {}, lawsSaid(results, 'en').join(' ')),
    seedsSection(results, 'en'),
    rawSection('en'),
  ];
  const ofFigures = figures.map((figure) => {
    const content = figure.of(results);
    return content ? `${content.caption('en')} ${content.reading('en')}` : figure.absent.en;
  });
  return [...sections.map(textOf), ...ofFigures].join(' ');
}

/** Whatever a sentence ends with: parts of sentences, heads and names of columns do not. */
const isSentence = ({ en }: Sentence) => /[.:]$|\{(said|sample)\}$/.test(en);

/** Studies whose figures are drawn, too, to read their legends. */
const DRAWN_STATES = ['a full machine', 'open loop', 'two systems'];
const PAPER = { width: 672, language: 'en' } as const;

/** Each piece of text in a picture. */
const labelsOf = (drawing: Element | undefined) =>
  drawing ? [...serialize(drawing, 'xml').matchAll(/>([^<>]+)</g)].map(([, text = '']) => text) : [];

type Words = Readonly<Record<string, Sentence>>;
type Where = (of: Said) => string;

function checkAll(words: Words, table: Readonly<Record<string, IsTrue>>, where: Where): void {
  for (const [key, isTrue] of Object.entries(table)) {
    const sentence = words[key];
    assert.ok(sentence, `the table has a row for ${key}, which is no sentence`);
    for (const [state, of] of said) {
      assert.equal(
        stands(sentence, where(of)),
        isTrue(of.results),
        `${key}, ${state}:\n${where(of).slice(0, 1_500)}`,
      );
    }
  }
}

const terminal: Where = (of) => of.terminal;
const report: Where = (of) => of.report;
const words = pageWords as Words;
const ofFigures: Words = { ...figureWords, ...scalingWords, ...distributionWords };
const isLegend = (key: string) => key.startsWith('legend');

test('what terminal and report say of a whole study stands exactly where it is true', () => {
  const { missing, ...others } = verdictTable;
  for (const where of [terminal, (of: Said) => of.verdict])
    checkAll(verdictWords, { missing: missing as IsTrue, ...others }, where);
});

test('every sentence at the end of a study in the terminal stands exactly where it is true', () => {
  checkAll(findingsWords, terminalTable, terminal);
});

test('every sentence of the report stands exactly where it is true', () => {
  checkAll(words, reportTable, report);
});

test('what each figure says of itself, or of its absence, stands exactly where it is true', () => {
  checkAll(ofFigures, exactFigureTable, report);
});

test('what the figures say beside that stands only where it is true', () => {
  for (const [key, isTrue] of Object.entries(figureTable)) {
    const sentence = ofFigures[key];
    assert.ok(sentence, key);
    for (const [state, { results, report: text }] of said)
      if (stands(sentence, text)) assert.ok(isTrue(results), `${key}, ${state}`);
  }
});

test('what a legend names is in the study', () => {
  for (const state of DRAWN_STATES) {
    const results = said.get(state)?.results;
    assert.ok(results, state);
    const labels = new Set(figures.flatMap((figure) => labelsOf(figure.of(results)?.draw(PAPER))));
    for (const [key, isTrue] of Object.entries(legendTable))
      if (labels.has(ofFigures[key]?.en ?? '')) assert.ok(isTrue(results), `${key}, ${state}`);
    assert.ok(labels.size > 5, state);
  }
});

test('each law is told by a reason that fits what was chosen', () => {
  const fits = [...said.values()].flatMap(({ results }) => results.laws.flatMap(({ fit }) => fit ?? []));
  assert.ok(fits.length > 5);
  for (const fit of fits) assert.ok(lawTable[fit.reasonCode as FitReason](fit), fit.reasonCode);
  assert.deepEqual(Object.keys(lawTable).sort(), Object.keys(fitReasons).sort());
});

/** The code of a room of the packages, as one text. */
function codeOf(room: string): string {
  const files = globSync(join(import.meta.dirname, '../../packages', room, '**/*.ts'));
  return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}

test('every finding of an audit that could not tell has its words for the verdict', () => {
  const code = codeOf('analysis/src/audits');
  const found = [...code.matchAll(/result\('([\w-]+)', 'not-assessable', '([\w-]+)'/g)];
  assert.ok(found.length > 15);
  for (const [, audit, what] of found)
    assert.ok(`${audit}.${what}` in uncheckedTopics, `${audit}.${what} is missing in study-verdict.ts`);
});

test('no sentence is without a row', () => {
  const check = (all: Words, rows: object, isAsked: (key: string, sentence: Sentence) => boolean) => {
    for (const [key, sentence] of Object.entries(all))
      if (isAsked(key, sentence))
        assert.ok(key in rows, `test/sentences/table.ts says nowhere when "${key}" is true`);
  };
  const bySentence = (_: string, sentence: Sentence) => isSentence(sentence);
  check(verdictWords, verdictTable, () => true);
  check(findingsWords, { ...verdictTable, ...terminalTable }, bySentence);
  check(words, reportTable, bySentence);
  check(
    ofFigures,
    { ...exactFigureTable, ...figureTable },
    (key, sentence) => isSentence(sentence) && !isLegend(key),
  );
  check(ofFigures, legendTable, isLegend);
  check(progressWords, { ...progressTable, ...progressReasons }, () => true);
  check(
    live,
    { ...statusTable, ...pageReasons },
    (key, sentence) => isSentence(sentence) || /^status/.test(key),
  );
});

test('every sentence of the tables is said of some planted study, and not of all', () => {
  const never = new Set([
    'noAnswer',
    'moreRows',
    'serviceReal',
    'rowsGather',
    'rowsUndelayed',
    'rowsAsync',
    'selftest',
  ]);
  for (const table of [verdictTable, terminalTable, reportTable]) {
    for (const [key, isTrue] of Object.entries(table)) {
      const count = [...said.values()].filter(({ results }) => isTrue(results)).length;
      assert.ok(count > 0 || never.has(key), `${key} is true nowhere`);
    }
  }
});
