// Every option of every command × odd values: what is taken has a meaning, and all else is told with exit 2.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientOptions, EscalaError, type OptionTable, parseOption, serverOptions } from '@escala/model';
import { InvalidArgumentError } from 'commander';
import { buildProgram } from '../src/main.ts';
import { plantedWorld, typed } from './planted-world.ts';

const odd = ['', ' ', 'a b', '-1', '0', '1e99', 'NaN', 'é', '../x'];
const notNothing = odd.slice(1);

/** What takes more than nothing of `odd`, by its name in every command; what names a thing of the user's may be anything. */
const taken: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    [
      'ca',
      'cert',
      'key',
      'out',
      'requests',
      'body',
      'resume',
      'context',
      'n',
      'x',
      'host',
      'data',
      'percentiles',
      'AGENT_HOST',
      'AGENT_DATA',
      'AGENT_SECRETS',
    ].map((name) => [name, notNothing]),
  ),
  ...Object.fromEntries(['cell', 'LEDGER_TOKEN', 'AGENT_TOKEN'].map((name) => [name, odd])),
  ...Object.fromEntries(['replica', 'run'].map((name) => [name, ['0', '1e99', 'NaN']])),
  ...Object.fromEntries(
    ['seed', 'port', 'service-time', 'drain', 'commit-delay', 'think-time', 'ready-wait', 'payload'].map(
      (name) => [name, ['0']],
    ),
  ),
  AGENT_PORT: ['0'],
  namespace: ['0', '1e99'],
  deployed: ['0', '1e99'],
  ...Object.fromEntries(['allow-host', 'server-name'].map((name) => [name, ['-1', '0', '1e99', 'NaN', 'é']])),
};

/** Those that are read with the figure, whose names and widths the report knows. */
const ofFigure = ['--figure', '--width', '--by', '--only'];

/** The odd values that `parse` takes; what it refuses must be a mistake of the command line. */
function takenBy(parse: (value: string) => unknown): string[] {
  return odd.filter((value) => {
    try {
      parse(value);
      return true;
    } catch (error) {
      assert.ok(error instanceof InvalidArgumentError || error instanceof EscalaError, String(error));
      if (error instanceof EscalaError) assert.equal(error.exit, 2);
      return false;
    }
  });
}

test('each option of each command takes what fits its kind, and refuses the rest', () => {
  for (const command of buildProgram(plantedWorld([])).commands) {
    for (const { long, required, parseArg } of command.options) {
      if (!required || long === null || long === undefined || ofFigure.includes(long)) continue;
      assert.ok(parseArg, `${command.name()} ${long}: nothing reads its value`);
      const found = takenBy((value) => parseArg(value, undefined as never));
      assert.deepEqual(found, taken[long.slice(2)] ?? [], `${command.name()} ${long}`);
    }
  }
});

test('each setting of both programs takes what fits its kind, and refuses the rest', () => {
  for (const table of [serverOptions, clientOptions] as readonly OptionTable[]) {
    for (const option of Object.values(table)) {
      const name = option.flag ?? option.variable ?? '';
      assert.deepEqual(
        takenBy((value) => parseOption(name, option, value)),
        taken[name] ?? [],
        name,
      );
    }
  }
});

test('a figure and a width that do not exist are told, before the run is read', async () => {
  for (const value of odd) {
    const width = ['report', 'none', '--figure', 'throughput-replicas', `--width=${value}`];
    for (const words of [width, ['report', 'none', `--figure=${value}`]]) {
      const { exit, stderr } = await typed(words);
      assert.equal(exit, 2, `${words.join(' ')}: ${stderr}`);
      assert.match(stderr, /OPTION_INVALID/);
    }
  }
});
