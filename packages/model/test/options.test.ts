import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  clientOptions,
  type EscalaError,
  environmentOf,
  environmentWithout,
  readOptions,
  serverOptions,
} from '../src/index.ts';

test('the flag wins over the variable, the variable over the default', () => {
  assert.equal(readOptions(serverOptions, [], {}).port, 8080);
  assert.equal(readOptions(serverOptions, [], { PORT: '9000' }).port, 9000);
  assert.equal(readOptions(serverOptions, ['--port', '0'], { PORT: '9000' }).port, 0);
});

test('an empty variable counts as absent', () => {
  assert.equal(readOptions(serverOptions, [], { PORT: '' }).port, 8080);
});

test('a value that an option does not take is refused by the name that the user typed', () => {
  assert.throws(
    () => readOptions(serverOptions, ['--service-time', 'soon'], {}),
    (error: EscalaError) =>
      error.code === 'OPTION_INVALID' && error.exit === 2 && /--service-time is "soon"/.test(error.message),
  );
});

test('an unknown flag is a mistake of the command line, and the nearest one is named', () => {
  const problem = (...argv: string[]) => {
    try {
      readOptions(serverOptions, argv, {});
    } catch (error) {
      return (error as EscalaError).explain('pt-BR').split('\n')[0];
    }
    return undefined;
  };
  assert.equal(problem('--prot', '1'), 'OPTION_UNKNOWN: não há opção --prot; você quis dizer --port?');
  assert.equal(problem('--zzzzzzzz'), 'OPTION_UNKNOWN: não há opção --zzzzzzzz');
  assert.equal(problem('--port'), 'OPTION_VALUE_MISSING: --port precisa de um valor');
  assert.equal(problem('--port', '--host', 'x'), 'OPTION_VALUE_MISSING: --port precisa de um valor');
  assert.equal(problem('here'), 'ARGUMENTS_TOO_MANY: here está sobrando: o comando aceita só opções');
});

test('a switch may say its value', () => {
  assert.equal(readOptions(clientOptions, ['--json'], {}).json, true);
  assert.equal(readOptions(clientOptions, ['--json=false'], {}).json, false);
  assert.throws(() => readOptions(clientOptions, ['--json=1'], {}), { code: 'OPTION_INVALID' });
});

test('options that repeat give a list, from flags or from a variable with commas', () => {
  const flags = ['--url', 'http://127.0.0.1:1', '--url', 'http://127.0.0.1:2'];
  assert.equal(readOptions(clientOptions, flags, {}).url.length, 2);
  assert.equal(
    readOptions(clientOptions, [], { SERVER_URL: 'http://127.0.0.1:1,http://127.0.0.1:2' }).url.length,
    2,
  );
});

test('settings become variables that read back to the same settings', () => {
  const variables = environmentOf(serverOptions, { serviceTimeUs: '1ms', durability: 'async' });
  const settings = readOptions(serverOptions, [], variables);
  assert.equal(settings.serviceTimeUs, 1_000);
  assert.equal(settings.durability, 'async');
});

test("a program's own settings are taken out of an environment, and nothing else", () => {
  const environment = { RATE: '5', METHOD: 'GET', PORT: '80', PATH: '/bin', LANG: 'pt_BR.UTF-8' };
  const without = environmentWithout(clientOptions, environment);
  assert.deepEqual(without, { PORT: '80', PATH: '/bin', LANG: 'pt_BR.UTF-8' });
});
