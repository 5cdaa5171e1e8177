// Each sentence of the terminal and of the report against planted studies: it stands exactly where it is true.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { type Results, type Sentence, uncheckedTopics, verdictWords } from '@escala/model';
import { printFindings } from '../../packages/cli/src/findings-text.ts';
import { findingsWords } from '../../packages/cli/src/findings-words.ts';
import { plantedWorld } from '../../packages/cli/test/planted-world.ts';
import { figures } from '../../packages/report/src/figures/catalogue.ts';
import { textOf } from '../../packages/report/src/markup/element.ts';
import { methodSection } from '../../packages/report/src/page/method.ts';
import { rawSection, seedsSection } from '../../packages/report/src/page/origin.ts';
import { verdictSection } from '../../packages/report/src/page/verdict.ts';
import { distributionWords } from '../../packages/report/src/words/distributions.ts';
import { figureWords } from '../../packages/report/src/words/figures.ts';
import { pageWords } from '../../packages/report/src/words/page.ts';
import { scalingWords } from '../../packages/report/src/words/scaling.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { plantedStates } from './states.ts';
import { figureTable, type IsTrue, otherKeys, reportTable, terminalTable, verdictTable } from './table.ts';

interface Said {
  readonly results: Results;
  readonly terminal: string;
  readonly report: string;
}
const folder = temporaryFolder(test);
const said = new Map<string, Said>();
before(async () => {
  for (const [state, results] of await plantedStates(folder)) {
    const world = plantedWorld(['--lang=en']);
    printFindings(results, 'runs/planted', world);
    said.set(state, { results, terminal: world.stdout.text(), report: reportOf(results) });
  }
});

/** All sentences of the page; nothing is drawn for it. */
function reportOf(results: Results): string {
  const sections = [
    verdictSection(results, 'en'),
    methodSection(results, 'en'),
    seedsSection(results, 'en'),
    rawSection('en'),
  ];
  const ofFigures = figures.map((figure) => {
    const content = figure.of(results);
    return content ? `${content.caption('en')} ${content.reading('en')}` : figure.absent.en;
  });
  return [...sections.map(textOf), ...ofFigures].join(' ');
}

/** Whether the sentence stands in a text, whatever its places are filled with. */
function stands({ en }: Sentence, text: string): boolean {
  const parts = en.split(/(\{\w+(?:\?[^{}|]*\|[^{}|]*)?\})/).map((part) => {
    const choice = /^\{\w+\?([^|]*)\|(.*)\}$/.exec(part);
    if (choice) return `(?:${escaped(choice[1] ?? '')}|${escaped(choice[2] ?? '')})`;
    return /^\{\w+\}$/.test(part) ? '[^.]*?(?:\\.\\d[^.]*?)*' : escaped(part);
  });
  return new RegExp(parts.join(''), 'u').test(text.replaceAll('\u00a0', ' '));
}

const escaped = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const isSentence = ({ en }: Sentence) => /[.:]$/.test(en);

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

test('what terminal and report say of a whole study stands exactly where it is true', () => {
  const { missing, ...others } = verdictTable;
  for (const where of [terminal, report])
    checkAll(verdictWords, { missing: missing as IsTrue, ...others }, where);
});

test('every sentence at the end of a study in the terminal stands exactly where it is true', () => {
  checkAll(findingsWords, terminalTable, terminal);
});

test('every sentence of the report stands exactly where it is true', () => {
  checkAll(words, reportTable, report);
});

test('what the figures say stands only where it is true', () => {
  const all: Words = { ...figureWords, ...scalingWords, ...distributionWords };
  for (const [key, isTrue] of Object.entries(figureTable)) {
    const sentence = all[key];
    assert.ok(sentence, key);
    for (const [state, { results, report: text }] of said)
      if (stands(sentence, text)) assert.ok(isTrue(results), `${key}, ${state}`);
  }
});

test('every finding of an audit that could not tell has its words for the verdict', () => {
  const audits = join(import.meta.dirname, '../../packages/analysis/src/audits');
  const sources = readdirSync(audits).map((file) => readFileSync(join(audits, file), 'utf8'));
  const found = sources.flatMap((text) => [
    ...text.matchAll(/result\('([\w-]+)', 'not-assessable', '([\w-]+)'/g),
  ]);
  assert.ok(found.length > 15);
  for (const [, audit, what] of found)
    assert.ok(`${audit}.${what}` in uncheckedTopics, `${audit}.${what} is missing in study-verdict.ts`);
});

test('no sentence is without a row', () => {
  const rows = new Set([...Object.keys(verdictTable), ...Object.keys(terminalTable), ...otherKeys]);
  for (const key of Object.keys({ ...verdictWords, ...findingsWords }))
    assert.ok(rows.has(key), `test/sentences/table.ts says nowhere when "${key}" is true`);
  for (const [key, sentence] of Object.entries(words))
    assert.ok(!isSentence(sentence) || key in reportTable || otherKeys.includes(key), `pageWords.${key}`);
});

test('every sentence of the tables is said of some planted study, and not of all', () => {
  const never = new Set(['moreRows', 'serviceReal', 'rowsGather', 'rowsUndelayed', 'rowsAsync', 'selftest']);
  for (const table of [verdictTable, terminalTable, reportTable]) {
    for (const [key, isTrue] of Object.entries(table)) {
      const count = [...said.values()].filter(({ results }) => isTrue(results)).length;
      assert.ok(count > 0 || never.has(key), `${key} is true nowhere`);
    }
  }
});
