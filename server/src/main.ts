import { setFlagsFromString } from 'node:v8';
import {
  askedText,
  chooseLanguage,
  endWithStdin,
  readOptions,
  runProgram,
  serverOptions,
} from '@escala/model';
import { startServer } from './server.ts';

/**
 * The room for young objects stays as small as it is at the start. Left alone it grows to a hundred megabytes, whose pages
 * become resident one after the other for as long as the server is busy, and look like a leak.
 */
const keepHeapSmall = '--semi-space-growth-factor=1';

/**
 * `escala server`: serves until a signal or, where the lab asks for it, until standard input ends.
 * @throws EscalaError for a wrong option, PORT_TAKEN, PORT_FORBIDDEN, LEDGER_LOCKED, LEDGER_FOREIGN or FOLDER_UNWRITABLE.
 */
export async function main(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const language = chooseLanguage(argv, environment);
  const asked = askedText('server', argv, language);
  if (asked !== undefined) return void process.stdout.write(asked);
  const settings = readOptions(serverOptions, argv, environment);
  setFlagsFromString(keepHeapSmall);
  const server = await startServer(settings, language);
  // An open standard input keeps the process alive: it is not opened before, nor left open after, the server is there.
  if (settings.endWithStdin) endWithStdin();
  process.stdout.write(`listening on ${server.url}\n`);
  await untilSignalled();
  await server.drain();
  if (settings.endWithStdin) process.stdin.destroy();
}

const signals = ['SIGTERM', 'SIGINT'] as const;

/** Resolves at the first signal; the second one, with its default action again, ends the process at once. */
function untilSignalled(): Promise<void> {
  return new Promise((resolve) => {
    const onSignal = () => {
      for (const name of signals) process.removeListener(name, onSignal);
      resolve();
    };
    for (const name of signals) process.on(name, onSignal);
  });
}

if (import.meta.main) await runProgram('server', main);
