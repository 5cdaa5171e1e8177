import { existsSync } from 'node:fs';
import type { RunComparison } from '@escala/analysis';
import {
  type ComparedCell,
  type Comparison,
  comparedName,
  describeDurationUs,
  describeNumber,
  describeShare,
  EscalaError,
  fill,
  formatNumber,
  type Language,
  sentences,
} from '@escala/model';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { givenFile, plainPath } from '../../../terminal/given-paths.ts';
import { helpWords } from '../../../terminal/help-words.ts';
import { print, type World } from '../../../terminal/world.ts';
import { environmentProperties } from './environment-properties.ts';

const judgementExamples = sentences.cli.judgementExamples;
const judgementWords = sentences.cli.judgement;

interface Options {
  readonly metric: Comparison['metric'];
  readonly margin?: number;
  readonly json?: boolean;
}

/** `escala compare A B`: cell by cell, with a verdict; exit 7 where B is slower beyond the margin. */
export function addCompare(program: Command, world: World): void {
  const say = (key: keyof typeof judgementWords) => fill(judgementWords[key], world.language);
  program
    .command('compare')
    .description(say('compare'))
    .argument('<a>', say('compareSide'))
    .argument('<b>', say('compareSide'))
    .addOption(
      new Option('--metric <metric>', say('metric')).choices(['throughput', 'p95']).default('throughput'),
    )
    .option('--margin <share>', say('margin'), share)
    .option('--json', fill(helpWords.json, world.language))
    .addHelpText('after', `\n${fill(judgementExamples.compare, world.language)}`)
    .action(async (a: string, b: string, { metric, margin, json }: Options) => {
      const { compareRuns, failingInSecond, slowerBeyondMargin } = await import('@escala/analysis');
      const comparison = await compareRuns(await plainSide(a), await plainSide(b), {
        metric,
        ...(margin !== undefined && { margin }),
      });
      if (json) world.stdout.write(`${JSON.stringify(comparison, null, 2)}\n`);
      else print(world.stdout, describe(comparison, world.language));
      if (!json && comparison.conclusions) {
        const { describeConclusions, describeOriginSource } = await import('../origin-text.ts');
        for (const source of comparison.sources ?? []) {
          const [first = '', ...more] = describeOriginSource(source, world.language);
          print(world.stdout, `${[`${source.file}: ${first}`, ...more].join('\n')}\n`);
        }
        print(world.stdout, describeConclusions(comparison.conclusions, world.language));
      }
      const failing = failingInSecond(comparison);
      if (failing.length > 0) {
        const detail = failing.map(({ factors }) => comparedName(factors)).join(', ');
        throw new EscalaError('COMPARE_FAILING', { count: failing.length, detail });
      }
      const slower = slowerBeyondMargin(comparison);
      if (slower.length > 0) {
        const detail = slower.map(({ factors }) => comparedName(factors));
        throw new EscalaError('COMPARE_SLOWER', { count: slower.length, detail: detail.join(', ') });
      }
    });
}

/** A table, a run, or `RUN#system`, with its path as the other commands take one. */
async function plainSide(given: string): Promise<string> {
  const { isTable } = await import('@escala/analysis');
  if (await isTable(given)) return givenFile(given);
  const at = existsSync(given) ? -1 : given.lastIndexOf('#');
  return at < 0 ? plainPath(given) : `${plainPath(given.slice(0, at))}${given.slice(at)}`;
}

function share(text: string): number {
  const value = Number(text);
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError('0 < … < 1');
}

function describe(comparison: RunComparison, language: World['language']): string {
  const { cells, overall } = comparison;
  const digits = (value: number | null) => (value === null ? '–' : formatNumber(value, language));
  const lines = cells.map((cell) => lineOf(cell, comparison, digits, language));
  if (overall) {
    const values = {
      ratio: overall.value,
      low: digits(overall.ci95?.low ?? null),
      high: digits(overall.ci95?.high ?? null),
    };
    lines.push(fill(judgementWords.overall, language, { ...values, n: overall.cells }));
  }
  lines.push(...whatWasLeftOut(comparison, language));
  return `${lines.join('\n')}\n`;
}

function whatWasLeftOut(
  { a, b, trialsMissing, doubts, isSame, cellsUnmatched = 0, onlyIn, differences = [] }: RunComparison,
  language: World['language'],
): string[] {
  const sides = [
    { run: a, n: trialsMissing?.a ?? 0 },
    { run: b, n: trialsMissing?.b ?? 0 },
  ];
  return [
    ...(isSame ? [fill(judgementWords.sameSides, language)] : []),
    ...(doubts
      ? [...doubtsOf(a, doubts.a, language), ...(isSame ? [] : doubtsOf(b, doubts.b, language))]
      : []),
    ...sides.filter(({ n }) => n > 0).map((side) => fill(judgementWords.trialsMissing, language, side)),
    ...differences.map((difference) =>
      fill(judgementWords.differs, language, {
        what: environmentProperties[difference.what],
        a: difference.a ?? judgementWords.notSaid,
        b: difference.b ?? judgementWords.notSaid,
      }),
    ),
    ...(cellsUnmatched > 0 ? [fill(judgementWords.cellsUnmatched, language, { n: cellsUnmatched })] : []),
    ...namesOf(a, onlyIn?.a ?? [], language),
    ...namesOf(b, onlyIn?.b ?? [], language),
  ];
}

function doubtsOf(
  run: string,
  doubts: NonNullable<RunComparison['doubts']>['a'],
  language: World['language'],
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
  language: World['language'],
): string[] {
  if (cells.length === 0) return [];
  const names = cells.slice(0, CELLS_NAMED_MAX).map(comparedName);
  if (cells.length > names.length) names.push('…');
  return [fill(judgementWords.onlyIn, language, { side, cells: names.join(', ') })];
}

function lineOf(
  cell: ComparedCell,
  { metric, margin }: Comparison,
  digits: (value: number | null) => string,
  language: World['language'],
): string {
  const { a, b, roundsA: ofA, roundsB: ofB, ratio, ci95, q, verdict } = cell;
  const interval = ci95 ? ` [${digits(ci95[0])}; ${digits(ci95[1])}] q ${probability(q, language)}` : '';
  const ranked = (['amongTimeouts', 'unanswered', 'failing'] as const).flatMap((name) => {
    const rounds = cell[name];
    return rounds ? [` (${fill(judgementWords[name], language, { ...rounds, ofA, ofB })})`] : [];
  });
  const settle = settlingWords(cell, language);
  const beyond =
    (verdict === 'faster' || verdict === 'slower') && isBeyond(ci95, margin)
      ? fill(judgementWords.beyond, language)
      : '';
  const word = `${sentences.model.comparison[verdict][language]}${beyond}`;
  const said = (value: number | null) =>
    value === null ? '–' : (metric === 'throughput' ? describeNumber : describeDurationUs)(value);
  const change = fill(judgementWords[metric === 'throughput' ? 'rates' : 'durations'], language, {
    a: said(a),
    b: said(b),
  });
  return `${comparedName(cell.factors)}: ${change}, × ${digits(ratio)}${interval} ${word}${settle}${ranked.join('')}`;
}

/** What would settle a cell that is inconclusive; of ranks and of a side without a value it cannot be said. */
function settlingWords(
  { verdict, ratio, roundsA, roundsB, roundsNeeded, p }: ComparedCell,
  language: Language,
): string {
  if (verdict !== 'inconclusive' || ratio === null) return '';
  if (roundsNeeded !== null) return ` (${fill(judgementWords.rounds, language, { n: roundsNeeded })})`;
  if (Math.min(roundsA, roundsB) < 2) return ` (${fill(judgementWords.roundsOne, language)})`;
  return p === null ? '' : ` (${fill(judgementWords.roundsEnough, language)})`;
}

/** Whether the whole interval is, and so the difference, by 95 % confidence. */
function isBeyond(ci95: ComparedCell['ci95'], margin: number): boolean {
  return ci95 !== null && (ci95[1] < 1 - margin || ci95[0] > 1 / (1 - margin));
}

/** Two digits: a small one would be rounded to 0, which no probability is. */
function probability(value: number | null, language: World['language']): string {
  return value === null ? '–' : formatNumber(value, language, { maximumSignificantDigits: 2 });
}
