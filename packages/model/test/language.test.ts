import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plantedSentence } from '../../../test/planted-sentence.ts';
import {
  chooseLanguage,
  fill,
  findings,
  formatNumber,
  inEachLanguage,
  languages,
  originFindings,
  type Sentence,
} from '../src/index.ts';

const cells = plantedSentence(
  '{count} {count?cell is|cells are} ready',
  '{count} {count?célula está pronta|células estão prontas}',
);

test('words agree with their number, by the rules of each language', () => {
  assert.deepEqual(
    [0, 1, 2, 1_500].map((count) => fill(cells, 'en', { count })),
    ['0 cells are ready', '1 cell is ready', '2 cells are ready', '1,500 cells are ready'],
  );
  // In Portuguese zero goes with the singular (CLDR).
  assert.deepEqual(
    [0, 1, 2, 1_500].map((count) => fill(cells, 'pt-BR', { count })),
    [
      '0 célula está pronta',
      '1 célula está pronta',
      '2 células estão prontas',
      '1.500 células estão prontas',
    ],
  );
});

test('a count that was put into text before agrees as its number does, and a range as several', () => {
  const rounds = plantedSentence('{n} {n?round|rounds}', '{n} {n?rodada|rodadas}');
  const said = (n: string) => languages.map((language) => fill(rounds, language, { n }));
  assert.deepEqual(
    [said('1'), said('2')],
    [
      ['1 round', '1 rodada'],
      ['2 rounds', '2 rodadas'],
    ],
  );
  assert.deepEqual(said('1–2'), ['1–2 rounds', '1–2 rodadas']);
});

test('no finding says a plural of one', () => {
  const plural =
    /\b1 (?:client )?(scenarios|pairs|combinations|minutes|rows|requests|trials|cells|replicas|clients|messages|rounds|processors|servers|cenários|pares|combinações|minutos|linhas|requisições|ensaios|células|réplicas|clientes|mensagens|rodadas|processadores|servidores)\b(?!\/s)/;
  const isOfMeans = (key: string) => /^(littles|interactive)-law/.test(key);
  for (const [key, sentence] of Object.entries<Sentence>({ ...originFindings, ...findings }))
    for (const language of isOfMeans(key) ? [] : languages) {
      const places = [...sentence[language].matchAll(/\{(\w+)/g)].map(([, name = '']) => [name, 1]);
      assert.doesNotMatch(fill(sentence, language, Object.fromEntries(places)), plural, key);
    }
});

test('numbers are written as the language does, text goes in as it is', () => {
  const sentence = plantedSentence('{value} s in {file}', '{value} s em {file}');
  assert.equal(fill(sentence, 'en', { value: 1234.5, file: '1,5.csv' }), '1,234.5 s in 1,5.csv');
  assert.equal(fill(sentence, 'pt-BR', { value: 1234.5, file: '1,5.csv' }), '1.234,5 s em 1,5.csv');
  assert.equal(formatNumber(0.25, 'pt-BR'), '0,25');
});

test('a value can be a sentence, and follows the language of the whole', () => {
  const outer = plantedSentence('it takes {allowed}', 'aceita {allowed}');
  const allowed = inEachLanguage((language) => ['a', 'b'].join(language === 'en' ? ' or ' : ' ou '));
  assert.equal(fill(outer, 'en', { allowed }), 'it takes a or b');
  assert.equal(fill(outer, 'pt-BR', { allowed }), 'aceita a ou b');
});

test('a place without a value stays visible, and braces of others are left alone', () => {
  assert.equal(fill(plantedSentence('{a} {b}', ''), 'en', { a: 1 }), '1 {b}');
  assert.equal(fill(plantedSentence('slo: - { p95: 50ms } {}', ''), 'en'), 'slo: - { p95: 50ms } {}');
});

test('--lang wins over LC_ALL, LC_MESSAGES and LANG; an empty one counts as absent', () => {
  assert.equal(chooseLanguage(['run', '--lang', 'en'], { LC_ALL: 'pt_BR.UTF-8' }), 'en');
  assert.equal(chooseLanguage(['--lang=pt-BR', 'run'], {}), 'pt-BR');
  assert.equal(chooseLanguage([], { LC_ALL: 'C', LANG: 'pt_BR.UTF-8' }), 'en');
  assert.equal(chooseLanguage([], { LC_ALL: '', LC_MESSAGES: '', LANG: 'pt_BR.UTF-8' }), 'pt-BR');
  assert.equal(chooseLanguage([], { LC_MESSAGES: 'pt_PT', LANG: 'de_DE' }), 'pt-BR');
  assert.equal(chooseLanguage([], { LANG: 'ptx' }), 'en');
  assert.equal(chooseLanguage([], {}), 'en');
});
