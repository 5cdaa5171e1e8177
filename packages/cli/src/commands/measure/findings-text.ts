import { join } from 'node:path';
import {
  type Cell,
  type CellResult,
  curveKey,
  describeShare,
  fill,
  formatNumber,
  headlineLaw,
  isOpen,
  type Language,
  lawSentences,
  lawSubject,
  levelNames,
  loadOf,
  type Results,
  runFiles,
  sentences,
  shellPath,
} from '@escala/model';
import { aligned } from '../../terminal/aligned.ts';
import { colourist, type Paint, verdictStyles } from '../../terminal/colours.ts';
import { print, type World } from '../../terminal/world.ts';
import { describeDoubts } from './doubts-text.ts';

const words = sentences.cli.findings;
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

/** Of each system, number of replicas and level of what else varies the cell with the most throughput, in 80 columns. */
function table({ cells, experiment }: Results, language: Language, paint: Paint): string[] {
  const further = ({ cell }: CellResult) => levelNames(cell, experiment, inColumns);
  const rowOf = (of: CellResult) => [of.cell.system, of.cell.replicas, ...further(of)].join(' ');
  const best = [...Map.groupBy(cells, rowOf).values()].map((group) =>
    group.reduce((most, cell) => (value(cell) > value(most) ? cell : most)),
  );
  const shown = best.slice(0, TABLE_ROWS_MAX);
  const ms = (us: number | undefined) => (us === undefined ? '–' : decimal(us / 1_000, language));
  const rows = shown.map((of) => {
    const { cell, throughput, failureShare, p50Us, p95Us, verdict } = of;
    return [
      cell.system,
      String(cell.replicas),
      [loadText(cell), ...further(of)].join(' '),
      throughput ? whole(throughput.value, language) : '–',
      failureShare ? describeShare(failureShare.value)[language] : '–',
      ms(p50Us?.value),
      ms(p95Us?.value),
      verdict,
    ];
  });
  const areOpen = cells.length > 0 && cells.every(({ cell }) => isOpen(cell));
  const load = areOpen ? words.loadOpen : words.loadClosed;
  const header = fill(words.tableHeader, language, { load }).split('|');
  const lines = aligned([header, ...rows], [0, header.length - 1]);
  const [head = '', ...body] = lines;
  const hidden = best.length - shown.length;
  return [
    paint('bold', head),
    ...body.map((line, i) => {
      const verdict = shown[i]?.verdict ?? 'VALID';
      return line.slice(0, -verdict.length) + paint(verdictStyles[verdict], verdict);
    }),
    ...(hidden > 0 ? [fill(words.moreRows, language, { count: hidden })] : []),
  ];
}

/** What the columns say; what else the study varies stands behind the load: `payload4KiB`, `reconnect`. */
const inColumns = ['system', 'replicas', 'clients', 'messages', 'ratePerSecond'] as const;

function loadText(cell: Cell): string {
  const load = loadOf(cell);
  return load.kind === 'closed' ? `${load.clients}×${load.messages}` : `${load.ratePerSecond}/s`;
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

const value = ({ throughput }: CellResult) => throughput?.value ?? -1;
const whole = (number: number, language: Language) =>
  formatNumber(number, language, { maximumFractionDigits: 0 });
const decimal = (number: number, language: Language) =>
  number > 0 && number < SMALL_MAX
    ? formatNumber(number, language, { maximumSignificantDigits: 1 })
    : formatNumber(number, language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
/** With one decimal it would be 0. */
const SMALL_MAX = 0.05;
