// Every word that a person reads is a sentence in two languages, and every sentence is said somewhere.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const patterns = [
  'packages/*/src/**/*.{ts,js,html}',
  'packages/dashboard/src/page/*.{js,html}',
  'server/src/**/*.ts',
  'client/src/**/*.ts',
];
const files = [...new Set(globSync(patterns, { cwd: root }))].sort();

interface Source {
  readonly file: string;
  readonly text: string;
  /** `text` without its sentences, where every key would be found. */
  readonly code: string;
}
interface Sentence {
  readonly key: string;
  readonly en: string;
  readonly pt: string;
}

const literal = ["'", '"', '`'].map((quote) => String.raw`${quote}(?:[^${quote}\\]|\\.)*${quote}`).join('|');
const sentence = new RegExp(
  String.raw`(?:(['"]?)([\w.-]+)\1:\s*)?\{\s*en:\s*(${literal}),\s*'pt-BR':\s*(${literal}),?\s*\}`,
  'g',
);

const sourceOf = (file: string, text: string): Source => ({ file, text, code: text.replace(sentence, '') });
const sources = files.map((file) => sourceOf(file, readFileSync(join(root, file), 'utf8')));

/** The sentences that stand in a source, with the key that they have in their table. */
function sentencesIn({ text }: Source): Sentence[] {
  return [...text.matchAll(sentence)].map(([, , key = '', en = '', pt = '']) => ({
    key,
    en: en.slice(1, -1),
    pt: pt.slice(1, -1),
  }));
}

/** Sentences that lack a language: counted by their marks, because half a sentence has no other form. */
function oneSided(source: Source): string[] {
  const code = source.text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const count = (mark: RegExp) => [...code.matchAll(mark)].length;
  const [en, pt] = [count(/\ben:\s/g), count(/'pt-BR':\s/g)];
  const empty = sentencesIn(source).filter(({ en, pt }) => (en.trim() === '') !== (pt.trim() === ''));
  return [
    ...(en === pt ? [] : [`${source.file}: ${en} English, ${pt} Portuguese`]),
    ...empty.map(({ key }) => `${source.file}: ${key}`),
  ];
}

/** Names that a sentence fills in, of places and of choices. */
const placesOf = (text: string) =>
  [
    ...new Set([...text.matchAll(/\$?\{(\w+)(?:\?[^{}|]*\|[^{}|]*)?\}/g)].map(([, name]) => name ?? '')),
  ].sort();

/** Sentences whose languages fill different places. */
function unevenPlaces(source: Source): string[] {
  return sentencesIn(source)
    .filter(({ en, pt }) => placesOf(en).join() !== placesOf(pt).join())
    .map(({ key, en }) => `${source.file}: ${key}: ${en}`);
}

/** Whether `text` has a word that Portuguese would not have: two or more small English ones are enough to tell. */
const english =
  /\b(?:the|and|of|is|are|was|were|with|without|from|that|this|not|each|every|how|what|where)\b/gi;
function leftInEnglish(source: Source): string[] {
  return sentencesIn(source)
    .filter(
      ({ en, pt }) => (en === pt && /[a-z]{3,} [a-z]{3,}/.test(en)) || (pt.match(english)?.length ?? 0) >= 2,
    )
    .map(({ key, pt }) => `${source.file}: ${key}: ${pt}`);
}

/** A term has one translation, the one of docs/reference/words.md. */
const terms = [
  // Not the place {verdict}, nor the .verdict of a program.
  { en: /(?<![{.])\bverdicts?\b/i, pt: /\bvereditos?\b/i },
  { en: /\boutcomes?\b/i, pt: /\bdesfechos?\b/i },
] as const;
const otherSpelling = /\bveredict/i;
function otherTerm(source: Source): string[] {
  return sentencesIn(source)
    .filter(
      ({ en, pt }) => otherSpelling.test(pt) || terms.some((term) => term.en.test(en) && !term.pt.test(pt)),
    )
    .map(({ key, pt }) => `${source.file}: ${key}: ${pt}`);
}

/** A run is the folder of a whole study; what the report speaks of is trials. */
function runForTrial(source: Source): string[] {
  return sentencesIn(source)
    .filter(({ en, pt }) => /\bruns?\b/i.test(en) || /\bexecuç/i.test(pt))
    .map(({ key, en }) => `${source.file}: ${key}: ${en}`);
}

/** Tables of sentences that are looked up by their key: a key that no code names is never said. */
const isTable = ({ file }: Source) =>
  /words(\.ts|\.js)$|findings\.ts$|problems\.ts$|reasons\.ts$|\/words\//.test(file);

/** Keys of the table that no code names, in its own file beside the sentences or where the table is imported. */
function unsaid(table: Source, everywhere: readonly Source[]): string[] {
  const name = basename(table.file);
  const isOfModel = table.file.startsWith('packages/model/');
  const tables = [...table.text.matchAll(/export const (\w+)/g)].map(([, exported]) => exported);
  const throughItsRoom = new RegExp(String.raw`import [^;]*\b(?:${tables.join('|')})\b[^;]* from '@escala/`);
  const users = everywhere.filter(
    ({ file, text }) =>
      file === table.file ||
      isOfModel ||
      text.includes(`/${name}'`) ||
      (tables.length > 0 && throughItsRoom.test(text)) ||
      file.endsWith('.html'),
  );
  const codeOf = (these: readonly Source[]) => these.map(({ code }) => code).join('\n');
  const [near, far] = [codeOf(users), codeOf(everywhere)];
  // Beside its users, a key may be the name of a verdict, an outcome, a method: a text of its own, wherever it is made.
  const isNamed = (key: string) =>
    far.includes(`'${key}'`) ||
    near.includes(`"${key}"`) ||
    new RegExp(String.raw`\.${key}\b|[{,(]\s*${key}\b`).test(near);
  // An audit names what it found by the last word; the audit's own name is the first.
  const isFinding = (key: string) => {
    const [audit = '', found = ''] = key.split('.');
    return (
      found !== '' &&
      everywhere.some(({ text }) => text.includes(`'${audit}'`) && text.includes(`'${found}'`))
    );
  };
  const keys = sentencesIn(table).map(({ key }) => key);
  return keys
    .filter((key) => key !== '' && !isNamed(key) && !isFinding(key))
    .map((key) => `${table.file}: ${key}`);
}

/** What a problem is told with, in English only: `detail: 'so and so'`. Texts for programs are not problems. */
function untranslatedDetails({ file, code }: Source): string[] {
  // An incident is a record for programs; what it means is a finding.
  const details = code
    .replace(/subject[^\n]*\n?\s*detail:.*/g, '')
    .matchAll(/\b(?:detail|allowed|what|reason)(?: =|:)\s*('[^'\n]*'|`[^`]*`)/g);
  return [...details]
    .map(([, said = '']) => said.replace(/\$\{[^}]*\}/g, ''))
    .filter((said) => /[a-z]{2,} [a-z]{2,}/.test(said))
    .map((said) => `${file}: ${said}`);
}

test('there are sentences to look at', () => {
  const count = sources.flatMap(sentencesIn).length;
  assert.ok(count > 700, `${count}`);
});

test('no sentence is in one language only', () => {
  assert.deepEqual(sources.flatMap(oneSided), []);
});

test('both languages fill the same places', () => {
  assert.deepEqual(sources.flatMap(unevenPlaces), []);
});

test('no English stands in the place of Portuguese', () => {
  assert.deepEqual(sources.flatMap(leftInEnglish), []);
});

test('a term has one translation', () => {
  assert.deepEqual(sources.flatMap(otherTerm), []);
});

test('the report calls a cell in a round a trial', () => {
  const ofReport = sources.filter(({ file }) => file.startsWith('packages/report/src/words/'));
  assert.ok(ofReport.length > 5);
  assert.deepEqual(ofReport.flatMap(runForTrial), []);
});

test('every sentence is said somewhere', () => {
  // These are looked up by what Commander, an exit code, zod or the YAML parser says; the first two are compared by the tests of help.
  // environmentWords has the keys of a type of analysis, which the compiler compares.
  const tables = sources
    .filter(isTable)
    .map(({ file, text }) =>
      sourceOf(
        file,
        text.replace(/export const (placeholders|exitCodes|types|syntax|environmentWords)[\s\S]*?\n\}/g, ''),
      ),
    );
  assert.deepEqual(
    tables.flatMap((table) => unsaid(table, sources)),
    [],
  );
});

/** The message API speaks English to programs, as HTTP does. */
const forPrograms = /^server\/src\/http\/(message|refusals|post-message|plain-post)\.ts$/;

test('a problem is told in the language of the reader to its last word', () => {
  assert.deepEqual(sources.filter(({ file }) => !forPrograms.test(file)).flatMap(untranslatedDetails), []);
});

test('these searches find what is planted', () => {
  const file = 'packages/planted/src/planted-words.ts';
  const planted = (text: string) => sourceOf(file, text);
  const good = "const words = { said: { en: 'all of {n}', 'pt-BR': 'todos os {n}' } };";
  for (const search of [oneSided, unevenPlaces, leftInEnglish, untranslatedDetails, otherTerm, runForTrial])
    assert.deepEqual(search(planted(good)), [], search.name);
  assert.equal(oneSided(planted("{ said: { en: 'all' } }")).length, 1);
  assert.equal(oneSided(planted("{ said: { en: 'all', 'pt-BR': '' } }")).length, 1);
  assert.equal(unevenPlaces(planted("{ said: { en: '{n} cells', 'pt-BR': '{m} células' } }")).length, 1);
  assert.equal(unevenPlaces(planted("{ said: { en: '{n?a|b}', 'pt-BR': 'a' } }")).length, 1);
  assert.equal(leftInEnglish(planted("{ said: { en: 'x', 'pt-BR': 'the cells of this run' } }")).length, 1);
  assert.equal(otherTerm(planted("{ said: { en: 'verdict', 'pt-BR': 'veredicto' } }")).length, 1);
  assert.equal(otherTerm(planted("{ said: { en: 'its outcome', 'pt-BR': 'o resultado' } }")).length, 1);
  assert.equal(runForTrial(planted("{ said: { en: 'each trial', 'pt-BR': 'cada execução' } }")).length, 1);
  assert.equal(untranslatedDetails(planted("throw { detail: 'it is wrong' }")).length, 1);
  assert.deepEqual(unsaid(planted(good), [planted(good)]), [`${file}: said`]);
  const user = sourceOf('packages/planted/src/user.ts', "import './planted-words.ts'; say('said');");
  assert.deepEqual(unsaid(planted(good), [planted(good), user]), []);
  // The same name in a file that does not know the table is not this table's.
  const stranger = sourceOf('packages/planted/src/stranger.ts', 'other.said');
  assert.equal(unsaid(planted(good), [planted(good), stranger]).length, 1);
});

/** Things that are counted, in the plural. */
const plurals =
  'rounds|requests|rows|cells|trials|replicas|clients|messages|servers|nodes|processors|connections|pods|files|agents|' +
  'levels|problems|rodadas|requisições|linhas|células|ensaios|réplicas|clientes|mensagens|servidores|nós|' +
  'processadores|conexões|arquivos|agentes|níveis|problemas';
/** Measured or fitted, and so hardly ever one; or a list of numbers. */
const notCounted = new Set(['inFlight', 'implied', 'loads', 'processes', 'rowsMin', 'levelsMin']);

test('one of a thing is said in the singular, in both languages', () => {
  const wrong = sources.flatMap((source) =>
    sentencesIn(source).flatMap(({ key, en, pt }) =>
      [en, pt]
        .map((text) =>
          text
            .replace(/\{\w+\?((?:[^{}|]|\{\w+\})*)\|(?:[^{}|]|\{\w+\})*\}/g, '$1')
            .replace(/\$?\{(\w+)\}/g, (place, name) => (notCounted.has(name) ? place : '1')),
        )
        .filter((text) => new RegExp(`(?<![\\w.,])1 (?:${plurals})(?![\\w/])`).test(text))
        .map((text) => `${source.file}: ${key}: ${text}`),
    ),
  );
  assert.deepEqual(wrong, []);
});
