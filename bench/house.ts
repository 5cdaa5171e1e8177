// Counts the house itself: `node bench/house.ts`. Lines and files are of the programs, without tests.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modulesIn, root, sourcePatterns } from '../test/tidy/modules.ts';

const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

/** The calls from `escala run` to the first request of an agent, as `file function`: each calls the next, itself, by Commander or by HTTP. */
const runCalls = `
packages/cli/src/main.ts main
packages/cli/src/main.ts runCommandLine
packages/cli/src/commands/measure/run.ts run
packages/cli/src/commands/measure/study-command.ts runAndJudge
packages/lab/src/study/study.ts startStudy
packages/lab/src/study/study.ts runStudy
packages/lab/src/study/block.ts runBlock
packages/lab/src/study/block.ts runTrials
packages/lab/src/study/block.ts tryTrial
packages/lab/src/trial/trial.ts runTrial
packages/lab/src/trial/trial.ts load
packages/lab/src/trial/participants.ts start
packages/lab/src/trial/agent-client.ts start
client/src/agent/agent-server.ts answer
client/src/agent/agent.ts start
client/src/load/local-share.ts run
client/src/load/trial.ts run
client/src/load/closed-loop.ts run
client/src/load/closed-loop.ts next
client/src/load/caller.ts call
client/src/load/caller.ts #send
client/src/http/http1-connection.ts send`
  .trim()
  .split('\n')
  .map((line) => line.split(' ') as [file: string, name: string]);

for (const [file, name] of runCalls) {
  const declaration = new RegExp(`^ *(export )?(async )?(function )?${name}\\([^;]*$`, 'm');
  if (!declaration.test(textOf(file))) throw new Error(`${file}: ${name} is not there`);
}

/** Source files that CONTRIBUTING names for an addition, beside a folder of its own. */
function costOf(what: string): number {
  const row = textOf('CONTRIBUTING.md')
    .split('\n')
    .find((line) => line.startsWith(`| ${what} |`));
  const files = row?.match(/`(?:packages|client|server)\/[\w./-]+\.(?:ts|js)`/g) ?? [];
  return new Set(files).size;
}

const modules = modulesIn(...sourcePatterns).filter(({ file }) => file.endsWith('.ts'));
const lines = modules.map(({ file }) => textOf(file).split('\n').length - 1);
const budget = JSON.stringify(JSON.parse(textOf('biome.json'))).match(/"maxLines":(\d+)/)?.[1];

console.table([
  { measure: 'source lines', wanted: '≤ 32000', is: lines.reduce((sum, one) => sum + one, 0) },
  { measure: 'source files', wanted: '≤ 400', is: modules.length },
  { measure: 'lines of a function at most (biome)', wanted: '≤ 50', is: Number(budget) },
  { measure: 'files that a factor touches, and where it acts', wanted: '≤ 8', is: costOf('a factor') },
  { measure: 'files that a target touches beside its folder', wanted: '≤ 4', is: costOf('a target') },
  { measure: 'files that an audit touches, its own counted', wanted: '2', is: costOf('an audit') + 1 },
  { measure: 'files that a figure touches, its own counted', wanted: '2', is: costOf('a figure') + 1 },
  { measure: 'calls from `escala run` to the first request', wanted: '≤ 14', is: runCalls.length },
]);
