import { chooseLanguage, clientOptions, EscalaError, optionHelp, readOptions } from '@escala/model';
import { serveHealth } from './health-server.ts';

/**
 * `escala client`: sends a load and keeps a row for every request; with AGENT_TOKEN, a load agent that waits for plans.
 * @throws EscalaError for a wrong option, a file that cannot be written, or an interruption (exit 130).
 */
export async function main(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const { asked, own } = splitLanguage(argv);
  const language = chooseLanguage(asked, environment);
  if (own.includes('--help') || own.includes('-h')) {
    process.stdout.write(`${optionHelp(clientOptions, language)}\n`);
    return;
  }
  const settings = readOptions(clientOptions, own, environment);
  if (settings.agentToken !== undefined) {
    const { runAgent } = await import('./agent/run-agent.ts');
    return runAgent(settings, settings.agentToken);
  }
  const { runClient } = await import('./run-client.ts');
  await using _health = settings.agentPort > 0 ? await serveHealth(settings) : undefined;
  await runClient(settings, language);
}

/** `--lang` is the whole program's, not one of the client's settings. */
function splitLanguage(argv: readonly string[]): { asked: string | undefined; own: string[] } {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  if (at < 0) return { asked: undefined, own: [...argv] };
  const inline = argv[at]?.split('=')[1];
  const used = inline === undefined ? 2 : 1;
  return { asked: inline ?? argv[at + 1], own: argv.toSpliced(at, used) };
}

if (import.meta.main) {
  try {
    await main(process.argv.slice(2), process.env);
  } catch (error) {
    const isKnown = error instanceof EscalaError;
    const language = chooseLanguage(undefined, process.env);
    process.stderr.write(`escala client: ${isKnown ? error.explain(language) : (error as Error).stack}\n`);
    process.exitCode = isKnown ? error.exit : 1;
  }
}
