import { fileURLToPath } from 'node:url';
import {
  describeDurationUs,
  EscalaError,
  fill,
  fillEach,
  formatNumber,
  type Language,
  problems,
  type SelftestResult,
  type Sentence,
  sentences,
} from '@escala/model';
import type { Command } from 'commander';
import { helpWords } from '../../terminal/help.ts';
import { print, type World } from '../../terminal/world.ts';

const words = sentences.cli.selftest;

/** `escala selftest`: how far this machine's numbers can be trusted. */
export function addSelftest(program: Command, world: World): void {
  program
    .command('selftest')
    .description(fill(words.summary, world.language))
    .option('--json', fill(helpWords.json, world.language))
    .addHelpText('after', `\n${fill(words.examples, world.language)}`)
    .action(async ({ json }: { json?: boolean }) => {
      const { keepSelftest, runSelftest } = await import('@escala/lab');
      const signal = world.interrupted();
      const client = fileURLToPath(import.meta.resolve('@escala/client'));
      const result = await runSelftest(client, signal).catch((cause) => {
        throw signal.aborted ? new EscalaError('COMMAND_INTERRUPTED', {}, { cause }) : cause;
      });
      world.stdout.write(json ? `${JSON.stringify(result)}\n` : selftestText(result, world.language));
      await keepSelftest(result, world.environment).catch((cause) => {
        if (!(cause instanceof EscalaError)) throw cause;
        // The result is there, and that was asked for; only later studies do without it.
        const why = fillEach(problems[cause.code].says, cause.values);
        print(world.stderr, `${fill(words.notKept, world.language, { why })}\n`);
      });
    });
}

/** The result as a table for a person, with its verdict. */
function selftestText({ stall, ceiling, timer, verdict }: SelftestResult, language: Language): string {
  const say = (sentence: Sentence, values = {}) => fill(sentence, language, values);
  const number = (value: number, digits: number) =>
    formatNumber(value, language, { maximumFractionDigits: digits });
  const row = (...cells: string[]) => `  ${cells.map((cell) => cell.padStart(14)).join('')}`;
  const rows = (['p50', 'p95', 'p99'] as const).map((name) => {
    const [truth, measured] = [stall.truthUs[name], stall.measuredUs[name]];
    if (measured === null) return row(name, number(truth / 1_000, 1), '–', '–');
    const error = `${number((measured / truth - 1) * 100, 2)} %`;
    return row(name, number(truth / 1_000, 1), number(measured / 1_000, 1), error);
  });
  return [
    say(words.title),
    row('', say(words.head), say(words.measured), say(words.error)),
    ...rows,
    say(words.ceiling, { rate: number(ceiling.requestsPerSecond, 0) }),
    timer.finestIntervalUs === null
      ? say(words.noTimer)
      : say(words.timer, { interval: describeDurationUs(timer.finestIntervalUs) }),
    say(words[verdict]),
    '',
  ].join('\n');
}
