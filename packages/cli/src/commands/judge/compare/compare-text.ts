import { type Chances, isBeyondMargin, type RunComparison } from '@escala/analysis';
import {
  type ComparedCell,
  describeShare,
  fill,
  formatNumber,
  type Language,
  sentences,
} from '@escala/model';
import { aligned } from '../../../terminal/aligned.ts';
import {
  cellName,
  comparisonTable,
  factorsOf,
  levelsText,
  limitsOf,
  marginText,
  markdownTable,
  qText,
  ratioText,
  type TableForm,
} from './compare-table.ts';

const words = sentences.cli.comparison;
const powerWords = sentences.cli.comparisonPower;
const judgementWords = sentences.cli.judgement;
const units = { throughput: words.throughputUnit, p95: words.p95Unit, session: words.sessionUnit } as const;
type Verdict = ComparedCell['verdict'];

/** The answer first, then a table with a row a cell, then what a reader must know beside it. */
export function describeComparison(comparison: RunComparison, language: Language, form: TableForm): string {
  const names = sideNames(comparison);
  const said = comparison.metric === 'session' ? '' : answerSentence(comparison, names, language);
  const answer = comparison.isSame ? fill(judgementWords.sameSides, language) : said;
  const parts = [
    [form === 'markdown' && answer !== '' ? `**${answer}**` : answer],
    [captionOf(comparison, language)],
    comparisonTable(comparison, names, language, form),
    notesOf(comparison, language),
    whatWasLeftOut(comparison, language),
    describePower(comparison, language, form),
  ];
  const shown = comparison.isSame && comparison.power ? parts.toSpliced(1, 3) : parts;
  return `${shown
    .map((lines) => lines.join('\n'))
    .filter((text) => text !== '')
    .join('\n\n')}\n`;
}

/** Two systems of one run by their names, else the runs as they were given. */
function sideNames({ a, b }: Pick<RunComparison, 'a' | 'b'>): { a: string; b: string } {
  const [hashA, hashB] = [a.lastIndexOf('#'), b.lastIndexOf('#')];
  const isOneRun = hashA > 0 && hashB > 0 && a.slice(0, hashA) === b.slice(0, hashB) && a !== b;
  return isOneRun ? { a: a.slice(hashA + 1), b: b.slice(hashB + 1) } : { a, b };
}

/** Is B slower, by how much, and how sure is that. */
function answerSentence(
  comparison: RunComparison,
  names: { a: string; b: string },
  language: Language,
): string {
  const { cells, margin } = comparison;
  const count = (verdict: Verdict) => cells.filter((cell) => cell.verdict === verdict).length;
  const values = { ...names, cells: cells.length, margin: marginText(margin, language) };
  const [slower, faster, equivalent] = [count('slower'), count('faster'), count('equivalent')];
  const undecided = count('inconclusive');
  const counts = { ...values, slower, faster, count: slower || faster || equivalent };
  const found = cells.filter(({ verdict }) => verdict === 'slower' || verdict === 'faster');
  const beyond = found.filter((cell) => isBeyondMargin(cell, comparison)).length;
  const parts = [
    fill(words[leadOf({ slower, faster, equivalent, cells: cells.length })], language, counts),
    ...sizeOf(comparison, language),
  ];
  const rest = [
    ...(found.length > 0
      ? [fill(words[reachOf(beyond, cells.length)], language, { ...values, count: beyond })]
      : []),
    ...(undecided > 0 && undecided < cells.length && found.length > 0
      ? [fill(words.undecided, language, { count: undecided })]
      : []),
  ];
  const qs = found.flatMap(({ q }) => q ?? []);
  const sure =
    qs.length > 0 ? ` ${fill(words.sure, language, { q: atMost(Math.max(...qs), language) })}` : '';
  return `${[parts.join(': '), ...rest].join(', ')}${sure}.`;
}

function leadOf(counts: Readonly<Record<'slower' | 'faster' | 'equivalent' | 'cells', number>>) {
  const { slower, faster, equivalent, cells } = counts;
  if (slower > 0 && faster > 0) return 'mixed';
  if (slower > 0) return slower === cells ? 'slower' : 'slowerIn';
  if (faster > 0) return faster === cells ? 'faster' : 'fasterIn';
  if (equivalent === 0) return 'inconclusive';
  return equivalent === cells ? 'equivalent' : 'partlyEquivalent';
}

const reachOf = (beyond: number, cells: number) =>
  beyond === 0 ? 'within' : beyond === cells ? 'beyondAll' : 'beyond';

function sizeOf({ overall, metric }: RunComparison, language: Language): string[] {
  if (!overall) return [];
  const [ratio = '', interval] = ratioText({ value: overall.value, ...limitsOf(overall) }, language).split(
    /(?= \[)/,
  );
  const values = { metric: words[metric], ratio, interval: interval ?? '', cells: overall.cells };
  return [fill(words.size, language, values)];
}

const atMost = (q: number, language: Language) => {
  const text = qText(q, language);
  return text.startsWith('<') ? text : `≤ ${text}`;
};

/** What the columns hold, in which unit, of how many rounds, and what all cells share. */
function captionOf({ cells, metric }: RunComparison, language: Language): string {
  const { shared } = factorsOf(cells.map(({ factors }) => factors));
  const [first] = cells;
  const rounds = cells.flatMap(({ roundsA, roundsB }) => [roundsA, roundsB]);
  const [least, most] = [Math.min(...rounds), Math.max(...rounds)];
  return fill(words.caption, language, {
    metric: units[metric],
    rounds: least === most ? most : `${least}–${most}`,
    fixed: shared.length > 0 && first ? `; ${levelsText(first.factors, shared, language)}` : '',
  });
}

/** What does not fit into a row: what would settle a cell, and where ranks were compared. */
function notesOf({ cells }: RunComparison, language: Language): string[] {
  const all = cells.map(({ factors }) => factors);
  const name = ({ factors }: ComparedCell) => cellName(factors, all, language);
  const needing = cells.filter(({ roundsNeeded }) => roundsNeeded !== null);
  const needs = needing.map((cell) => `${cell.roundsNeeded} (${name(cell)})`).slice(0, CELLS_NAMED_MAX);
  if (needing.length > needs.length) needs.push('…');
  return [
    ...(needs.length > 0 ? [fill(words.needs, language, { cells: needs.join(', ') })] : []),
    ...cells.flatMap((cell) => {
      const { roundsA: ofA, roundsB: ofB } = cell;
      const ranked = (['amongTimeouts', 'unanswered', 'failing'] as const).flatMap((key) => {
        const rounds = cell[key];
        return rounds ? [fill(judgementWords[key], language, { ...rounds, ofA, ofB })] : [];
      });
      return [...ranked, ...settlingWords(cell, language)].map((note) =>
        fill(words.note, language, { cell: name(cell), note }),
      );
    }),
  ];
}

/** Why it cannot be said how many rounds would settle a cell; of ranks and of a side without a value there is nothing to say. */
function settlingWords(
  { verdict, ratio, roundsA, roundsB, roundsNeeded, p }: ComparedCell,
  language: Language,
): string[] {
  if (verdict !== 'inconclusive' || ratio === null || roundsNeeded !== null) return [];
  if (Math.min(roundsA, roundsB) < 2) return [fill(judgementWords.roundsOne, language)];
  return p === null ? [] : [fill(judgementWords.roundsEnough, language)];
}

function whatWasLeftOut(
  { a, b, cells, trialsMissing, doubts, isSame, cellsUnmatched = 0, onlyIn, differences = [] }: RunComparison,
  language: Language,
): string[] {
  const all = [...cells.map(({ factors }) => factors), ...(onlyIn?.a ?? []), ...(onlyIn?.b ?? [])];
  const sides = [
    { run: a, n: trialsMissing?.a ?? 0 },
    { run: b, n: trialsMissing?.b ?? 0 },
  ];
  return [
    ...(doubts
      ? [...doubtsOf(a, doubts.a, language), ...(isSame ? [] : doubtsOf(b, doubts.b, language))]
      : []),
    ...sides.filter(({ n }) => n > 0).map((side) => fill(judgementWords.trialsMissing, language, side)),
    ...differences.map((difference) =>
      fill(judgementWords.differs, language, {
        what: sentences.cli.environmentProperties[difference.what],
        a: difference.a ?? judgementWords.notSaid,
        b: difference.b ?? judgementWords.notSaid,
      }),
    ),
    ...(cellsUnmatched > 0 ? [fill(judgementWords.cellsUnmatched, language, { n: cellsUnmatched })] : []),
    ...namesOf(a, onlyIn?.a ?? [], all, language),
    ...namesOf(b, onlyIn?.b ?? [], all, language),
  ];
}

function doubtsOf(
  run: string,
  doubts: NonNullable<RunComparison['doubts']>['a'],
  language: Language,
): string[] {
  const { suspect, invalid, requests, failed } = doubts;
  const share = describeShare(requests === 0 ? 0 : failed / requests);
  return [
    ...(suspect + invalid > 0 ? [fill(judgementWords.doubts, language, { run, ...doubts })] : []),
    ...(failed > 0 ? [fill(judgementWords.sideFailed, language, { run, ...doubts, share })] : []),
  ];
}

/** So many cells that only one side has are named. */
const CELLS_NAMED_MAX = 20;

function namesOf(
  side: string,
  cells: readonly ComparedCell['factors'][],
  all: readonly ComparedCell['factors'][],
  language: Language,
): string[] {
  if (cells.length === 0) return [];
  const names = cells.slice(0, CELLS_NAMED_MAX).map((factors) => cellName(factors, all, language));
  if (cells.length > names.length) names.push('…');
  return [fill(judgementWords.onlyIn, language, { side, cells: names.join('; ') })];
}

/** The chance to find a slowdown: a row a cell, a column for the rounds that were done and for some more. */
function describePower(
  { power, cells, margin }: RunComparison,
  language: Language,
  form: TableForm,
): string[] {
  if (power === undefined) return [];
  if (power === null) return [powerWords.unknown[language]];
  const all = cells.map(({ factors }) => factors);
  const head = power.rounds.map((n, i) =>
    fill(powerWords[i === 0 ? 'roundsDone' : 'rounds'], language, { n }),
  );
  const rowOf = (name: string, chances: Chances) => [
    name,
    ...chances.map((row) => chancesText(row, language)),
  ];
  const rows = [
    [powerWords.slower[language], ...head],
    ...power.cells.map(({ factors, chances }) => rowOf(cellName(factors, all, language), chances)),
    ...(power.cells.length > 1 ? [rowOf(powerWords.everywhere[language], power.everywhere)] : []),
  ];
  const slowdowns = `${power.slowdowns.map((share) => formatNumber(100 * share, language)).join(' · ')}\u00a0%`;
  return [
    fill(powerWords.caption, language, { slowdowns, margin: marginText(margin, language) }),
    '',
    ...(form === 'markdown' ? markdownTable(rows, [0]) : aligned(rows, [0])),
    '',
    powerWords.advice[language],
  ];
}

/** Per cent; what rounds to 0 or 100 is neither. */
const [LEAST, MOST] = [0.01, 0.99];

function chancesText(chances: readonly number[], language: Language): string {
  const text = (share: number) => formatNumber(100 * share, language, { maximumFractionDigits: 0 });
  const said = (chance: number) =>
    chance < LEAST ? `<${text(LEAST)}` : chance > MOST ? `>${text(MOST)}` : text(chance);
  return `${chances.map(said).join(' · ')}\u00a0%`;
}
