import { EscalaError, fill, sentences } from '@escala/model';
import type { Command } from 'commander';
import { plainPath } from '../../terminal/given-paths.ts';
import { helpWords } from '../../terminal/help-words.ts';
import { print, type World } from '../../terminal/world.ts';

const judgementExamples = sentences.cli.judgementExamples;
const judgementWords = sentences.cli.judgement;

/** `escala verify <run>`: everything again from the raw rows; exit 6 when anything differs. */
export function addVerify(program: Command, world: World): void {
  const say = (key: keyof typeof judgementWords) => fill(judgementWords[key], world.language);
  program
    .command('verify')
    .description(say('verify'))
    .argument('<run>', say('runFolder'))
    .option('--json', fill(helpWords.json, world.language))
    .addHelpText('after', `\n${fill(judgementExamples.verify, world.language)}`)
    .action(async (given: string, { json }: { readonly json?: boolean }) => {
      const folder = plainPath(given);
      const { verifyRun } = await import('@escala/analysis');
      const { problems: inRun, results } = await verifyRun(folder);
      const { verifyReport } = await import('./verify-report.ts');
      const problems = [...inRun, ...(await verifyReport(folder))];
      const ok = problems.length === 0;
      if (json) {
        // A program reads this, so it does not change with the language.
        const inEnglish = problems.map(({ message, ...rest }) => ({ ...rest, message: message.en }));
        world.stdout.write(`${JSON.stringify({ ok, problems: inEnglish }, null, 2)}\n`);
      } else {
        for (const { code, where, message } of problems)
          print(world.stdout, `${code} ${where}: ${message[world.language]}\n`);
      }
      if (!ok) throw new EscalaError('VERIFY_FAILED', { count: problems.length, folder });
      if (!json) print(world.stdout, `${describe(results?.totals)}\n`);
    });

  function describe(
    totals: { readonly requests: number; readonly trialsMeasured: number } | undefined,
  ): string {
    const values = { requests: totals?.requests ?? 0, trials: totals?.trialsMeasured ?? 0 };
    return fill(judgementWords.verified, world.language, values);
  }
}
