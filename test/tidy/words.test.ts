// Every word that a person reads is in the catalogue of each language, and every sentence is said somewhere.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { languages, type Sentence, sentences } from '@escala/model';
import { plantedSentence } from '../planted-sentence.ts';

const root = join(import.meta.dirname, '../..');
const files = globSync(['packages/*/src/**/*.{ts,js,html}', 'server/src/**/*.ts', 'client/src/**/*.ts'], {
  cwd: root,
});
const code = new Map(files.sort().map((file) => [file, readFileSync(join(root, file), 'utf8')]));

/** A sentence and the keys that lead to it, such as `lab`, `participants`, `tooLong`. */
interface Said {
  readonly path: readonly string[];
  readonly sentence: Sentence;
}

type Tree = Sentence | { readonly [key: string]: Tree };
const isSentence = (tree: Tree): tree is Sentence => typeof tree.en === 'string' && 'pt-BR' in tree;
const allOf = (tree: Tree, path: readonly string[] = []): Said[] =>
  isSentence(tree)
    ? [{ path, sentence: tree }]
    : Object.entries(tree).flatMap(([key, below]) => allOf(below, [...path, key]));

const catalogue = allOf(sentences as Tree);

/** What is wrong with some of the sentences: each search gives their paths. */
type Search = (said: Said) => boolean;
const wrong = (search: Search, among: readonly Said[] = catalogue) =>
  among.filter(search).map(({ path, sentence }) => `${path.join('.')}: ${sentence['pt-BR']}`);

const isEmpty: Search = ({ sentence: { en, 'pt-BR': pt } }) =>
  (en?.trim() === '') !== (pt?.trim() === '') || pt === undefined;

/** Names that a sentence fills in, of places and of choices. */
const placesOf = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)(?:\?[^{}|]*\|[^{}|]*)?\}/g)].map(([, name]) => name ?? ''))].sort();
const fillsUnevenly: Search = ({ sentence: { en, 'pt-BR': pt } }) =>
  placesOf(en).join() !== placesOf(pt).join();

/** Whether the Portuguese has words that Portuguese would not have: two or more small English ones are enough to tell. */
const english =
  /\b(?:the|and|of|is|are|was|were|with|without|from|that|this|not|each|every|how|what|where)\b/gi;
const isLeftInEnglish: Search = ({ sentence: { en, 'pt-BR': pt } }) =>
  (en === pt && /[a-z]{3,} [a-z]{3,}/.test(en)) || (pt.match(english)?.length ?? 0) >= 2;

/** A term has one translation, the one of docs/reference/words.md. */
const terms = [
  // Not the place {verdict}, nor the .verdict of a program.
  { en: /(?<![{.])\bverdicts?\b/i, pt: /\bvereditos?\b/i },
  { en: /\boutcomes?\b/i, pt: /\bdesfechos?\b/i },
] as const;
const hasOtherTerm: Search = ({ sentence: { en, 'pt-BR': pt } }) =>
  /\bveredict/i.test(pt) || terms.some((term) => term.en.test(en) && !term.pt.test(pt));

/** A run is the folder of a whole study; what the report speaks of is trials. */
const callsTrialRun: Search = ({ sentence: { en, 'pt-BR': pt } }) =>
  /\bruns?\b/i.test(en) || /\bexecuç/i.test(pt);

/** Things that are counted, in the plural. */
const plurals =
  'rounds|requests|rows|cells|trials|replicas|clients|messages|servers|nodes|processors|connections|pods|files|agents|' +
  'levels|problems|rodadas|requisições|linhas|células|ensaios|réplicas|clientes|mensagens|servidores|nós|' +
  'processadores|conexões|arquivos|agentes|níveis|problemas';
/** Measured or fitted, and so hardly ever one; or a list of numbers. */
const notCounted = new Set(['inFlight', 'implied', 'loads', 'processes', 'rowsMin', 'levelsMin']);

const isPluralOfOne: Search = ({ sentence }) =>
  Object.values(sentence).some((text) => {
    const ofOne = text
      .replace(/\{\w+\?((?:[^{}|]|\{\w+\})*)\|(?:[^{}|]|\{\w+\})*\}/g, '$1')
      .replace(/\{(\w+)\}/g, (place, name) => (notCounted.has(name) ? place : '1'));
    return new RegExp(`(?<![\\w.,])1 (?:${plurals})(?![\\w/])`).test(ofOne);
  });

/**
 * Whether no code names the key of a sentence: as a property, as a text, or as a text and the last word of a finding,
 * which an audit adds to its own name.
 */
const everything = [...code.values()].join('\n');
const isUnsaid = (said: Said, text = everything) => {
  const key = said.path.at(-1) ?? '';
  const names = (word: string) =>
    new RegExp(String.raw`[.'"\s{,(\[]${RegExp.escape(word)}\b`).test(text) || text.includes(`'${word}'`);
  const [audit, found] = key.split('.');
  return (
    !names(key) &&
    !(audit !== undefined && found !== undefined && names(audit) && text.includes(`'${found}'`))
  );
};
/** These are looked up by what Commander, an exit code, the system, zod or the YAML parser says. */
const isLookedUp = ({ path }: Said) =>
  /^cli\.help\.placeholders|^model\.problems\.exitCodes|^lab\.(experiment\.(types|syntax)|checkup\.optional)|^model\.(systemReason\.reasons|incidents)|^cli\.tableText|^cli\.environmentProperties/.test(
    path.join('.'),
  );

/** Sentences of more than two words that stand at two keys: who corrects one forgets the other. */
function doubled(among: readonly Said[]): string[] {
  const long = among.filter(({ sentence }) => sentence.en.split(/\s+/).length > 2);
  const groups = Map.groupBy(long, ({ sentence }) => JSON.stringify(Object.values(sentence)));
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => group.map(({ path }) => path.join('.')).join(' = '));
}

/** Lines of code that name a language: which languages there are is said by their table alone. */
const namesLanguage = (text: string) =>
  text.split('\n').filter((line) => /['"]pt(?:-BR)?\b|\bpt-BR\b|^\s*en: |\{ en: /.test(line));

/** What a problem is told with, in English only: `detail: 'so and so'`. Texts for programs are not problems. */
function untranslatedDetails(text: string): string[] {
  // An incident is a record for programs; what it means is a finding.
  const details = text
    .replace(/subject[^\n]*\n?\s*detail:.*/g, '')
    .matchAll(/\b(?:detail|allowed|what|reason)(?: =|:)\s*('[^'\n]*'|`[^`]*`)/g);
  return [...details]
    .map(([, said = '']) => said.replace(/\$\{[^}]*\}/g, ''))
    .filter((said) => /[a-z]{2,} [a-z]{2,}/.test(said));
}

test('there are sentences to look at', () => {
  assert.ok(catalogue.length > 1_000, `${catalogue.length}`);
});

test('no sentence is in one language only', () => {
  assert.deepEqual(wrong(isEmpty), []);
});

test('every catalogue has the same keys', () => {
  const keysOf = (tree: object): string[] =>
    Object.entries(tree).flatMap(([key, below]) =>
      typeof below === 'string' ? [key] : keysOf(below).map((rest) => `${key}.${rest}`),
    );
  const [english, ...others] = languages.map((language) => {
    const file = join(root, `packages/model/src/sentences/${language}.json`);
    return keysOf(JSON.parse(readFileSync(file, 'utf8')) as object).sort();
  });
  assert.ok(others.length > 0);
  for (const other of others) assert.deepEqual(other, english);
});

test('no sentence of more than two words stands twice', () => {
  assert.deepEqual(doubled(catalogue), []);
});

test('no code knows which languages there are, but their table', () => {
  const named = [...code].filter(([, text]) => namesLanguage(text).length > 0).map(([file]) => file);
  assert.deepEqual(named, ['packages/model/src/sentences/sentences.ts']);
});

test('both languages fill the same places', () => {
  assert.deepEqual(wrong(fillsUnevenly), []);
});

test('no English stands in the place of Portuguese', () => {
  assert.deepEqual(wrong(isLeftInEnglish), []);
});

test('a term has one translation', () => {
  assert.deepEqual(wrong(hasOtherTerm), []);
});

test('the report calls a cell in a round a trial', () => {
  const ofReport = catalogue.filter(({ path: [room, subject] }) => room === 'report' && subject !== 'page');
  assert.ok(ofReport.length > 100);
  assert.deepEqual(wrong(callsTrialRun, ofReport), []);
});

test('one of a thing is said in the singular, in both languages', () => {
  assert.deepEqual(wrong(isPluralOfOne), []);
});

test('every sentence is said somewhere', () => {
  assert.deepEqual(
    wrong((said) => !isLookedUp(said) && isUnsaid(said)),
    [],
  );
});

/** The message API speaks English to programs, as HTTP does. */
const forPrograms = /^server\/src\/http\/(message|refusals|post-message|plain-post)\.ts$/;

test('a problem is told in the language of the reader to its last word', () => {
  const found = [...code].flatMap(([file, text]) =>
    forPrograms.test(file) ? [] : untranslatedDetails(text).map((said) => `${file}: ${said}`),
  );
  assert.deepEqual(found, []);
});

test('these searches find what is planted', () => {
  const said = (en: string, pt: string): Said => ({
    path: ['planted', 'said'],
    sentence: plantedSentence(en, pt),
  });
  const searches = [isEmpty, fillsUnevenly, isLeftInEnglish, hasOtherTerm, callsTrialRun, isPluralOfOne];
  const found = (said: Said) => searches.filter((search) => search(said));
  assert.deepEqual(found(said('all of {n}', 'todos os {n}')), []);
  assert.deepEqual(found(said('all', '')), [isEmpty]);
  assert.deepEqual(found(said('{n} parts', '{m} partes')), [fillsUnevenly]);
  assert.deepEqual(found(said('{n?a|b}', 'a')), [fillsUnevenly]);
  assert.deepEqual(found(said('x', 'the parts of this tree')), [isLeftInEnglish]);
  assert.deepEqual(found(said('verdict', 'veredicto')), [hasOtherTerm]);
  assert.deepEqual(found(said('its outcome', 'o resultado')), [hasOtherTerm]);
  assert.deepEqual(found(said('each trial', 'cada execução')), [callsTrialRun]);
  assert.deepEqual(found(said('{n} cells', '{n?célula|células}')), [isPluralOfOne]);
  assert.equal(doubled([said('all of it', 'tudo'), said('all of it', 'tudo')]).length, 1);
  assert.equal(doubled([said('all of it', 'tudo'), said('all of it', 'toda')]).length, 0);
  assert.equal(namesLanguage("const said = { en: 'a', 'pt-BR': 'b' };").length, 1);
  assert.equal(untranslatedDetails("throw { detail: 'it is wrong' }").length, 1);
  assert.ok(isUnsaid(said('a', 'a'), 'const tree = {};'));
  assert.ok(!isUnsaid(said('a', 'a'), 'say(words.said)'));
});
