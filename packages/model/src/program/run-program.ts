import { join } from 'node:path';
import packageFile from '../../../../package.json' with { type: 'json' };
import { asProblem } from '../problems/system-reason.ts';
import { chooseLanguage } from '../sentences/sentences.ts';

/** Runs a program that was started by itself. An error ends it with a sentence on stderr and the exit code of its problem. */
export async function runProgram(
  name: 'server' | 'client',
  main: (argv: readonly string[], environment: NodeJS.ProcessEnv) => Promise<void>,
): Promise<void> {
  const argv = process.argv.slice(2);
  try {
    await main(argv, process.env);
  } catch (error) {
    const problem = asProblem(error);
    process.stderr.write(`escala ${name}: ${problem.explain(chooseLanguage(argv, process.env))}\n`);
    process.exitCode = problem.exit;
  }
}

/**
 * Ends this process, at once and without draining, when its standard input ends: whoever started it holds the other
 * end, and has then ended, however that came about.
 */
export function endWithStdin(): void {
  process.stdin
    .on('end', () => process.exit(0))
    .on('error', () => process.exit(0))
    .resume();
}

/** Escala's version, which the project's own package.json says and nothing else. */
export const { version } = packageFile;

/** The folder of the project, whose package.json that is, wherever the checkout lies. */
export const projectFolder = join(import.meta.dirname, '../../../..');
