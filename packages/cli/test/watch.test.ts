import assert from 'node:assert/strict';
import { test } from 'node:test';
import { targets } from '@escala/lab/targets';
import { type Language, systemClock } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { plantRun } from '../../dashboard/test/planted-run.ts';
import { runCommandLine } from '../src/main.ts';

/** `escala watch` in this process, until `interrupt` is called; `address` is the one that it prints. */
function watch(args: readonly string[], language: Language = 'en') {
  const interruption = new AbortController();
  const printed = Promise.withResolvers<string>();
  let stderr = '';
  const exit = runCommandLine({
    argv: ['watch', ...args],
    environment: {},
    language,
    stdout: { write: printed.resolve, isTerminal: false, columns: null },
    stderr: {
      write: (text) => {
        stderr += text;
      },
      isTerminal: false,
      columns: null,
    },
    clock: systemClock,
    targets,
    interrupted: () => interruption.signal,
  });
  const interrupt = () => interruption.abort('SIGINT');
  // A watch that ends before it prints is a failure, not something to wait for.
  const first = Promise.race([printed.promise, exit.then((code) => `ended with ${code}: ${stderr}`)]);
  return { exit, printed: first, interrupt, stderr: () => stderr };
}

test('watch prints an address that serves the page, and Ctrl-C ends it with 0', async (context) => {
  const { exit, printed, interrupt, stderr } = watch([plantRun(context).folder], 'pt-BR');
  const line = await printed;
  const [, url] = /^Abra (http:\/\/127\.0\.0\.1:\d+\/[\w-]{24}\/\?lang=pt-BR) /.exec(line) ?? [];
  assert.ok(url, line);
  const response = await fetch(url);
  assert.equal(response.status, 200);
  assert.match(await response.text(), /<script type="module" src="main\.js">/);
  interrupt();
  assert.deepEqual([await exit, stderr()], [0, '']);
  await assert.rejects(fetch(url));
});

test('watch of a folder without a run says so, and listens nowhere', async (context) => {
  const { exit, stderr } = watch([temporaryFolder(context)]);
  assert.equal(await exit, 3);
  assert.match(stderr(), /NOT_A_RUN: .* holds no run/);
});

test('watch names a port that is none', async (context) => {
  for (const port of ['x', '-1', '65536', '1e3']) {
    const { exit, stderr } = watch([plantRun(context).folder, `--port=${port}`]);
    assert.equal(await exit, 2, port);
    assert.match(stderr(), /OPTION_INVALID: .*--port/);
  }
});
