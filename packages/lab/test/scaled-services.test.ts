import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type EventListener, type Sentence, systemClock } from '@escala/model';
import { listen } from '../../../test/listen.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { parseExperiment } from '../src/experiment/read.ts';
import { resumeStudy, startStudy } from '../src/study/study.ts';
import { targets } from '../src/targets/index.ts';

const main = join(import.meta.dirname, '../../cli/src/main.ts');

/** A platform: a file that holds how many replicas there are, and one that holds all numbers so far. */
async function platform(context: TestContext, commands: Record<string, string> = {}) {
  const folder = temporaryFolder(context);
  const [count, run] = [join(folder, 'count'), join(folder, 'run')];
  writeFileSync(count, '2');
  let [requests, onRequest] = [0, (_: number) => {}];
  const server = createServer((_, response) => {
    onRequest(++requests);
    response.end();
  });
  const scale = {
    set: `echo setting {replicas}; printf {replicas} > ${count}; printf {replicas} >> ${count}.all`,
    ready: `grep -qx {replicas} ${count}`,
    restore: `echo putting back; printf 2 > ${count}`,
    ...commands,
  };
  const url = `http://127.0.0.1:${await listen(context, server)}`;
  const text = (at = url) =>
    `systems: [{ name: shop, url: "${at}", scale: ${JSON.stringify(scale)} }]\nreplicas: [1, 3]\nclients: 1\nmessages: 5\nagents: 1\n`;
  const study = (
    experimentText = text(),
    { listeners = [] as EventListener[], signal = new AbortController().signal } = {},
  ) =>
    startStudy(
      { folder: run, clock: systemClock, signal, listeners, targets, place: {} },
      {
        run: 'planted',
        target: 'local',
        experiment: parseExperiment(experimentText, 'x.yaml'),
        experimentText,
      },
    );
  return {
    run,
    text,
    study,
    count: () => readFileSync(count, 'utf8'),
    all: () => readFileSync(`${count}.all`, 'utf8'),
    printed: () => readFileSync(join(run, 'processes/shop-scale.log'), 'utf8'),
    left: () => readdirSync(join(run, 'processes')).filter((name) => name.endsWith('.json')),
    requests: () => requests,
    whenAsked: (hear: (request: number) => void) => (onRequest = hear),
  };
}

/** What a person reads of a problem, in both languages. */
const detailOf = (error: unknown) => (error as { values: { detail: Sentence } }).values.detail;

test('each level is set by the command, its words are kept, and at the end all is as it was', async (context) => {
  const { study, count, all, printed, left } = await platform(context);
  const { failed, records, failure } = await study();
  assert.deepEqual([failed, records.length, failure], [[], 2, undefined]);
  assert.deepEqual([...all()].sort(), ['1', '3']);
  assert.equal(count(), '2');
  for (const words of ['setting 1', 'setting 3', 'ready: grep -qx 3', 'putting back', 'exit 0'])
    assert.ok(printed().includes(words), `${words}\n${printed()}`);
  assert.deepEqual(left(), []);
});

test('an interrupted study puts back what it set', async (context) => {
  const { study, text, count, left } = await platform(context);
  const interrupt = new AbortController();
  const hear: EventListener = (event) => {
    if (event.type === 'trial-started') interrupt.abort();
  };
  const outcome = await study(text(), { listeners: [hear], signal: interrupt.signal });
  assert.equal(outcome.interrupted, true);
  assert.equal(count(), '2');
  assert.deepEqual(left(), []);
});

test('a study that was killed has written down what to put back, and --resume does', async (context) => {
  const { run, text, count, left, whenAsked } = await platform(context);
  const file = join(run, '../shop.yaml');
  writeFileSync(file, text());
  const child = spawn(process.execPath, [main, 'run', file, '--out', run], { stdio: 'ignore' });
  // In the load of the first cell: one request looks, ten warm up.
  whenAsked((request) => request === 12 && child.kill('SIGKILL'));
  await once(child, 'exit');
  assert.notEqual(count(), '2');
  assert.deepEqual(left(), ['scaled-shop.json']);
  whenAsked(() => {});
  const world = { folder: run, clock: systemClock, listeners: [], targets, place: {} };
  const { failed } = await resumeStudy({ ...world, signal: new AbortController().signal });
  assert.deepEqual(failed, []);
  assert.equal(count(), '2');
  assert.deepEqual(left(), []);
});

test('a command that fails or hangs ends the study with its name and last words, and all is put back', async (context) => {
  const cases = {
    fails: [
      { set: 'echo no such cluster >&2; exit 3' },
      /ended with exit code 3, and said last: no such cluster/,
    ],
    hangs: [{ set: 'exec sleep 600', timeout: '300ms' }, /did not end in 0\.3 s/],
    'is never ready': [{ ready: 'echo 1 of {replicas}; exit 1', timeout: '300ms' }, /said last: 1 of [13]/],
  } as const;
  for (const [name, [commands, says]] of Object.entries(cases)) {
    const { study, count, left, requests } = await platform(context, commands);
    await assert.rejects(
      study().then((outcome) => Promise.reject(outcome.failure)),
      (error: { code: string }) => {
        assert.equal(error.code, 'SCALE_FAILED', name);
        assert.match(detailOf(error).en, says);
        assert.notEqual(detailOf(error)['pt-BR'], detailOf(error).en);
        return true;
      },
    );
    assert.equal(count(), '2', name);
    assert.deepEqual([left(), requests()], [[], 0], name);
  }
});

test('a command that says ready where nobody answers is told, before any load', async (context) => {
  const { study, text, count } = await platform(context);
  const closed = createServer();
  await once(closed.listen(0, '127.0.0.1'), 'listening');
  const { port } = closed.address() as { port: number };
  await new Promise((resolve) => closed.close(resolve));
  const { failure } = await study(text(`http://127.0.0.1:${port}`));
  assert.equal(failure?.code, 'SERVICE_SILENT');
  assert.match(detailOf(failure).en, /ECONNREFUSED\), although the command "ready" ended with 0/);
  assert.equal(count(), '2');
});

test('what could not be put back is told, stays written down, and does not lose the study', async (context) => {
  const { study, left, count } = await platform(context, { restore: 'echo not today; exit 1' });
  const { failure, records } = await study();
  assert.equal(failure?.code, 'SCALE_FAILED');
  assert.match(detailOf(failure)['pt-BR'], /terminou com o código de saída 1, e disse por último: not today/);
  assert.equal(records.length, 2);
  assert.deepEqual(left(), ['scaled-shop.json']);
  assert.notEqual(count(), '2');
});
