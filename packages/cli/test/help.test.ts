import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { languages } from '@escala/model';
import { buildProgram } from '../src/main.ts';
import { placeholders } from '../src/terminal/help.ts';
import { plantedWorld, typed } from './planted-world.ts';

// UPDATE_GOLDEN=1 writes the help texts anew; read them before you commit them.
const update = process.env['UPDATE_GOLDEN'] === '1';
const commands = buildProgram(plantedWorld([])).commands.map((command) => command.name());
/** Help itself is made for 80 columns; only an example or a long default may need more. */
const COLUMNS_MAX = 100;

for (const language of languages) {
  test(`the help of every command, in ${language}`, async () => {
    const file = join(import.meta.dirname, 'golden', `help.${language}.txt`);
    const texts: string[] = [];
    for (const command of ['', ...commands]) {
      const { exit, stdout, stderr } = await typed([command, '--lang', language, '--help'].filter(Boolean));
      assert.deepEqual([exit, stderr], [0, ''], command);
      texts.push(`$ escala ${command} --help\n${stdout}`);
    }
    const all = texts.join('\n');
    if (update) writeFileSync(file, all);
    assert.equal(all, readFileSync(file, 'utf8'));
    assert.deepEqual(
      all.split('\n').filter((line) => [...line].length > COLUMNS_MAX),
      [],
      'a line is wider than a terminal',
    );
  });
}

test('help has whole examples for every command, and each example is one that the command takes', async () => {
  for (const language of languages) {
    for (const command of commands) {
      const { stdout } = await typed([command, '--lang', language, '--help']);
      const examples = [...stdout.matchAll(/^ {2}(?:eval "\$\()?(escala .*?)(?:\)"| {2}.*| \||$)/gm)];
      assert.ok(examples.length > 0, `${command} has no example in ${language}`);
      for (const [, example = ''] of examples) assertKnown(example);
    }
  }
});

/** The command exists, and has each option of the example. */
function assertKnown(example: string): void {
  const [, name = '', ...words] = example
    .replace(/[|>].*$/, '')
    .trim()
    .split(/\s+/);
  const command = buildProgram(plantedWorld([])).commands.find((one) => one.name() === name);
  assert.ok(command, example);
  const known = command.helpInformation();
  for (const word of words.filter((one) => one.startsWith('--'))) {
    assert.ok(word === '--lang' || known.includes(word), `${example}: ${word}`);
  }
}

test('Portuguese help has none of Commander’s English', async () => {
  for (const command of ['', ...commands]) {
    const { stdout } = await typed([command, '--lang', 'pt-BR', '--help'].filter(Boolean));
    assert.doesNotMatch(
      stdout,
      /Usage|Options:|Arguments:|Commands:|default|choices|display help|<file>|\[options\]/,
    );
  }
});

test('every placeholder of the program has its Portuguese, and none is left over', () => {
  const program = buildProgram(plantedWorld([]));
  const used = program.commands.flatMap((command) => [
    ...command.registeredArguments.map((argument) => argument.name()),
    ...command.options.flatMap(({ flags }) => /<([\w.-]+)>/.exec(flags)?.[1] ?? []),
  ]);
  const known = new Set([...used, 'language', 'options', 'command']);
  assert.deepEqual(Object.keys(placeholders).sort(), [...known].sort());
});

test('help imports nothing but the names of targets, the model and Commander: the rest waits until a command runs', () => {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const code = stripTypeScriptTypes(readFileSync(file, 'utf8'));
    for (const [, name = ''] of code.matchAll(/^\s*(?:import|export)\b[^'"();]*?['"]([^'"]+)['"];?$/gm)) {
      if (name.startsWith('.')) visit(join(dirname(file), name));
      else if (name === '@escala/lab/targets') visit(fileURLToPath(import.meta.resolve(name)));
      else if (!name.startsWith('node:')) packages.add(name);
    }
  };
  visit(join(import.meta.dirname, '../src/main.ts'));
  assert.deepEqual([...packages].sort(), ['@escala/model', 'commander']);
  const rooms = join(import.meta.dirname, '../..');
  const all = globSync(['cli/src/**/*.ts', 'lab/src/targets/{index,contract/*}.ts'], { cwd: rooms });
  const others = [...seen].map((file) => relative(rooms, file)).filter((file) => !all.includes(file));
  assert.ok(seen.size > 20 && others.length === 0, others.join(' '));
});
