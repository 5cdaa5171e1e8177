import {
  askedText,
  type ClientSettings,
  chooseLanguage,
  clientOptions,
  givenOptions,
  type PlannedRequest,
  readOptions,
  runProgram,
  withSecrets,
} from '@escala/model';
import { checkLoop, checkSent, kindsFromSettings } from './plan-from-settings.ts';

/** Reads a file of requests; the program that has the reader hands it in. */
type ReadRequests = (file: string) => Promise<readonly PlannedRequest[]>;

/**
 * `escala client`: sends a load and keeps a row for every request; with AGENT_TOKEN, a load agent that waits for plans.
 * @throws EscalaError for a wrong option, a file that cannot be written, or an interruption (exit 130).
 */
export async function main(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
  readRequests?: ReadRequests,
): Promise<void> {
  const language = chooseLanguage(argv, environment);
  const asked = askedText('client', argv, language);
  if (asked !== undefined) return void process.stdout.write(asked);
  const given = readOptions(clientOptions, argv, environment);
  const settings = { ...given, header: withSecrets(given.header, environment) };
  if (settings.agentToken !== undefined) {
    const { runAgent } = await import('./agent/agent-server.ts');
    return runAgent(settings, settings.agentToken);
  }
  const typed = givenOptions(clientOptions, argv, environment);
  checkLoop(typed);
  checkSent(typed);
  const kinds = await kindsFromSettings(settings, readRequests);
  const { runClient } = await import('./run-client.ts');
  await using _health = settings.agentPort > 0 ? await startHealth(settings) : undefined;
  await runClient(settings, kinds, language);
}

/** Loaded only where probes ask: node:http brings a client of its own along, which takes time at every start. */
async function startHealth(settings: ClientSettings): Promise<AsyncDisposable> {
  const { serveHealth } = await import('./health-server.ts');
  return serveHealth(settings);
}

if (import.meta.main) await runProgram('client', main);
