import { join } from 'node:path';
import {
  type CellResult,
  curveKey,
  describeNumber,
  describeShare,
  doubtsOf,
  fill,
  findingText,
  formatNumber,
  headlineLaw,
  isOpen,
  type Language,
  lawSentences,
  lawSubject,
  type Results,
  runFiles,
  sentences,
  shellPath,
  trialsText,
} from '@escala/model';
import { bestCells, furtherLevels, limitWord, loadText } from '@escala/report';
import { aligned } from '../../terminal/aligned.ts';
import { colourist, type Paint, verdictStyles } from '../../terminal/colours.ts';
import { print, type World } from '../../terminal/world.ts';

const words = sentences.cli.findings;
const doubtWords = sentences.model.doubts;
/** Rows of the table at the end; the report has them all. */
const TABLE_ROWS_MAX = 12;

/** The end of a study in the terminal: its answer, a short table, what it found, and where everything is. */
export function printFindings(results: Results, folder: string, world: World): void {
  const { language } = world;
  const paint = colourist(world, world.stdout);
  const where = fill(words.where, language, { folder });
  const lines = [
    ...answer(results, language, paint),
    '',
    ...table(results, language, paint),
    '',
    ...findings(results, folder, language),
    ...describeDoubts(results, world),
    where,
  ];
  print(world.stdout, `${lines.join('\n')}\n`);
}

/** The small table of the report in 80 columns, its interval only where it fits. */
function table(results: Results, language: Language, paint: Paint): string[] {
  const best = bestCells(results);
  const shown = best.slice(0, TABLE_ROWS_MAX);
  const areOpen = shown.length > 0 && shown.every(({ cell }) => isOpen(cell));
  const each = sentences.report.axes.axes.messages[language];
  const load = areOpen ? words.loadOpen[language] : `${words.loadClosed[language]} / ${each}`;
  const heads = fill(words.tableHeader, language, { load }).split('|');
  const rows = shown.map((of) => rowOf(of, results.experiment, language));
  const says = (column: number) =>
    ![INTERVAL, LIMIT, FAILED].includes(column) ||
    rows.some((row) => row[column] !== NONE && (column !== FAILED || !/^0\D*$/.test(row[column] ?? '')));
  const kept = heads.map((_, i) => i).filter(says);
  const lines = aligned(
    [
      heads.map((head) => (head.includes(' / ') ? (head.split(' / ')[0] ?? '') : '')),
      heads.map((head) => head.split(' / ').at(-1) ?? ''),
      ...rows,
    ].map((row) => kept.map((column) => row[column] ?? '')),
    [0, ...[LIMIT, heads.length - 1].map((column) => kept.indexOf(column))],
    kept.indexOf(INTERVAL),
  );
  const hidden = best.length - shown.length;
  return [
    ...lines.slice(0, HEAD_LINES).map((line) => paint('bold', line)),
    ...lines.slice(HEAD_LINES).map((line, i) => {
      const verdict = shown[i]?.verdict ?? 'VALID';
      return line.slice(0, -verdict.length) + paint(verdictStyles[verdict], verdict);
    }),
    ...(hidden > 0 ? [fill(words.moreRows, language, { count: hidden })] : []),
  ];
}

/** Columns of the table that are left out where they say nothing. */
const [INTERVAL, FAILED, LIMIT] = [4, 5, 8];
const HEAD_LINES = 2;
const NONE = '–';

function rowOf(of: CellResult, experiment: Results['experiment'], language: Language): string[] {
  const { cell, throughput, failureShare, p50Us, p95Us, verdict } = of;
  const ms = (us: number | undefined) => (us === undefined ? NONE : decimal(us / 1_000, language));
  const { low = null, high = null } = throughput?.ci95 ?? {};
  const limits = [low, high].map((limit) => limit !== null && describeNumber(limit)[language]);
  return [
    cell.system,
    String(cell.replicas),
    [loadText(cell), ...furtherLevels(cell, experiment)].join(' '),
    throughput ? whole(throughput.value, language) : NONE,
    low !== null && high !== null ? `[${limits.join('; ')}]` : NONE,
    failureShare ? describeShare(failureShare.value)[language] : NONE,
    ms(p50Us?.value),
    ms(p95Us?.value),
    limitWord(of)?.[language] ?? NONE,
    verdict,
  ];
}

/** What the study was made to learn, then how far to trust it. */
function answer({ answer: found }: Results, language: Language, paint: Paint): string[] {
  if (!found) return [];
  const [first = '', ...further] = [found, ...found.further].map(({ sentence }) => sentence[language]);
  return [paint('bold', first), ...further, found.trust[language]];
}

/** What else the study found, a sentence a line. */
function findings(results: Results, folder: string, language: Language): string[] {
  const { laws, speedups, experiment, summary } = results;
  return [
    ...experiment.systems
      .filter(({ name }) => speedups.some(({ system }) => system === name))
      .flatMap(({ name }) => {
        const law = lawOf(laws, name, language);
        if (law === undefined) return [];
        return experiment.systems.length > 1 ? `${name}: ${law}` : law;
      }),
    ...(experiment.rounds === 1 && summary.throughputMax
      ? [fill(words.oneRound, language, { command: fiveRounds(folder) })]
      : []),
  ];
}

/** The same study with intervals: the run folder holds the experiment as it was given. */
const fiveRounds = (folder: string) =>
  `npm start -- run ${shellPath(join(folder, runFiles.experiment))} --rounds 5`;

/** What the data say over replicas at the most messages, or why they say nothing; of one curve only, as above. */
function lawOf(laws: Results['laws'], system: string, language: Language): string | undefined {
  const its = laws.filter((law) => law.system === system && law.over === 'replicas');
  const messages = Math.max(...its.map((law) => law.messages));
  const curves = Map.groupBy(
    its.filter((law) => law.messages === messages),
    curveKey,
  );
  const law = curves.size === 1 ? headlineLaw([...curves.values()].flat()) : null;
  if (!law) return undefined;
  const said = lawSentences(law, language, true).join(' ');
  return fill(words.law, language, { subject: lawSubject(law, language), said });
}

const whole = (number: number, language: Language) =>
  formatNumber(number, language, { maximumFractionDigits: 0 });
const decimal = (number: number, language: Language) =>
  number > 0 && number < SMALL_MAX
    ? formatNumber(number, language, { maximumSignificantDigits: 1 })
    : formatNumber(number, language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
/** With one decimal it would be 0. */
const SMALL_MAX = 0.05;

/** Reasons, and cells of each, that the terminal names; the report has more. */
const [DOUBTS_MAX, CELLS_MAX] = [5, 4];

/** Why trials are not VALID, each reason once with its cells, a paragraph each. */
function describeDoubts({ trials }: Results, world: World): string[] {
  const { language } = world;
  const paint = colourist(world, world.stdout);
  const doubts = doubtsOf(trials);
  const lines = doubts.slice(0, DOUBTS_MAX).map(({ verdict, finding, values, trials: its }) =>
    fill(doubtWords.group, language, {
      count: its.length,
      verdict: paint(verdictStyles[verdict], verdict),
      reason: findingText(finding, values, language),
      cells: trialsText(its, language, CELLS_MAX),
    }),
  );
  const count = doubts.length - lines.length;
  return count > 0 ? [...lines, fill(doubtWords.moreReasons, language, { count })] : lines;
}
