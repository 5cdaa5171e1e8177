import assert from 'node:assert/strict';
import { once } from 'node:events';
import { appendFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { EscalaError } from '@escala/model';
import { plantedSentence } from '../../../test/planted-sentence.ts';
import { plantedResults } from '../../report/test/planted/planted-results.ts';
import { type Dashboard, startDashboard } from '../src/index.ts';
import { type PlantedRun, plantedTrial, plantRun, runStarted } from './planted-run.ts';

async function watched(context: TestContext, run: PlantedRun): Promise<Dashboard> {
  const dashboard = await startDashboard(run.watched, { port: 0, language: 'en' });
  context.after(() => dashboard[Symbol.asyncDispose]());
  return dashboard;
}

/** The named messages of the stream, as they come. Ends when `isEnough` says so. */
async function listen(
  { url }: Dashboard,
  isEnough: (messages: readonly Message[]) => boolean,
  lastEventId?: string,
): Promise<Message[]> {
  const messages: Message[] = [];
  const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const response = await get(new URL('events', url), headers);
  let text = '';
  for await (const part of response.setEncoding('utf8')) {
    text += part;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const [, name = ''] = /^event: (.*)$/m.exec(text.slice(0, end)) ?? [];
      const [, id = ''] = /^id: (.*)$/m.exec(text.slice(0, end)) ?? [];
      const [, data = '{}'] = /^data: (.*)$/m.exec(text.slice(0, end)) ?? [];
      messages.push({ name, id, data: JSON.parse(data) });
      text = text.slice(end + 2);
      if (isEnough(messages)) return messages;
    }
  }
  return messages;
}

interface Message {
  readonly name: string;
  readonly id: string;
  readonly data: Record<string, unknown>;
}

async function get(url: URL, headers: Record<string, string> = {}, method = 'GET'): Promise<IncomingMessage> {
  const asked = request(url, { headers, method, agent: false }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return response;
}

const names = (messages: readonly Message[]) => messages.map(({ name }) => name);
const has = (name: string) => (messages: readonly Message[]) => names(messages).includes(name);

function firstTrial(run: PlantedRun) {
  const [trial] = run.trials;
  assert.ok(trial);
  return trial;
}

test('the page needs the token, and another host name or path gets nothing', async (context) => {
  const { url } = await watched(context, plantRun(context));
  const { host, port, pathname, hostname } = new URL(url);
  assert.equal(hostname, '127.0.0.1');
  assert.match(pathname, /^\/[\w-]{24}\/$/);
  const status = async (path: string, headers = {}, method = 'GET') => {
    const response = await get(new URL(path, url), headers, method);
    response.resume();
    return response.statusCode;
  };
  assert.equal(await status(pathname), 200);
  assert.equal(await status(`${pathname}main.js`), 200);
  assert.equal(await status(pathname, { host: `localhost:${port}` }), 200);
  for (const path of ['/', '/events', `/${'x'.repeat(24)}/`, `/${'x'.repeat(24)}/events`, '/x/main.js']) {
    assert.equal(await status(path), 404, path);
  }
  for (const path of ['..%2fdashboard.ts', 'tsconfig.json', '__proto__', 'constructor', `${host}//x`]) {
    assert.equal(await status(`${pathname}${path}`), 404, path);
  }
  assert.equal(await status(pathname, { host: `evil.example:${port}` }), 404);
  assert.equal(await status(pathname, {}, 'POST'), 405);
});

test('every answer forbids foreign and inline code, frames and guesses', async (context) => {
  const { url } = await watched(context, plantRun(context));
  for (const path of ['', 'page.css', 'events', 'nothing']) {
    const { headers } = (await get(new URL(path, url))).destroy();
    const policy = headers['content-security-policy'] ?? '';
    assert.match(String(policy), /^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'/, path);
    assert.doesNotMatch(String(policy), /unsafe|https?:|\*/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
  }
});

test('a browser gets the plan, what happened so far, and what happens next', async (context) => {
  const run = plantRun(context);
  const trial = firstTrial(run);
  const [prepared, ...others] = plantedTrial(trial, 0);
  assert.ok(prepared);
  run.append(runStarted(run, 0), prepared);
  const dashboard = await watched(context, run);
  await listen(dashboard, has('trial-prepared'));
  const next = listen(dashboard, has('trial-judged'));
  run.append(...others);
  const messages = await next;
  const told = names(messages).filter((name) => name !== 'told');
  assert.deepEqual(told, [
    'reset',
    'study',
    'run-started',
    'trial-prepared',
    'trial-started',
    'trial-progress',
    'trial-progress',
    'trial-progress',
    'trial-finished',
    'trial-judged',
  ]);
  assert.doesNotMatch(JSON.stringify(messages), /latencyHistogram/);
});

test('a browser that comes back gets only what it has not seen', async (context) => {
  const run = plantRun(context);
  run.append(runStarted(run, 0), ...plantedTrial(firstTrial(run), 0));
  const dashboard = await watched(context, run);
  const all = await listen(dashboard, has('trial-judged'));
  const finished = all.find(({ name }) => name === 'trial-finished');
  assert.deepEqual(names(await listen(dashboard, has('trial-judged'), finished?.id)), ['trial-judged']);
  for (const id of ['7.1', '0.999999', 'x', '-1.0']) {
    assert.deepEqual(names(await listen(dashboard, has('study'), id)), ['reset', 'study'], id);
  }
});

test('events that go away and come back are said, and then gone on with', async (context) => {
  const run = plantRun(context);
  const file = join(run.folder, 'events.ndjson');
  run.append(runStarted(run, 0));
  const dashboard = await watched(context, run);
  await listen(dashboard, has('run-started'));
  const gone = listen(dashboard, has('source'));
  renameSync(file, `${file}.away`);
  assert.deepEqual((await gone).at(-1)?.data, { isThere: false });
  const back = listen(dashboard, has('trial-judged'));
  appendFileSync(`${file}.away`, '{"type":"torn');
  renameSync(`${file}.away`, file);
  appendFileSync(file, '"}\n');
  run.append(...plantedTrial(firstTrial(run), 0));
  assert.deepEqual(names(await back).filter((name) => name === 'run-started').length, 1);
});

test('another run in the same folder begins the page anew', async (context) => {
  const run = plantRun(context);
  run.append(runStarted(run, 0), ...plantedTrial(firstTrial(run), 0));
  const dashboard = await watched(context, run);
  await listen(dashboard, has('trial-judged'));
  const again = listen(
    dashboard,
    (messages) => names(messages).filter((name) => name === 'study').length === 2,
  );
  rmSync(join(run.folder, 'events.ndjson'));
  writeFileSync(join(run.folder, 'events.ndjson'), `${JSON.stringify(runStarted(run, 0))}\n`);
  const messages = names(await again);
  assert.deepEqual(messages.slice(-2), ['reset', 'study']);
});

test('verdicts of results.json are told when it appears, and a broken one is passed over', async (context) => {
  const run = plantRun(context);
  run.append(runStarted(run, 0));
  const dashboard = await watched(context, run);
  const file = join(run.folder, 'results.json');
  writeFileSync(file, '{"schema": "escala/results", "version": 1, "trials": [');
  await listen(dashboard, has('run-started'));
  const told = listen(dashboard, has('results'));
  const audits = [
    { audit: 'ledger', status: 'fail', finding: 'ledger.lost', values: { missing: 3 } },
  ] as const;
  const planted = plantedResults({
    replicas: [1],
    clients: [10, 20],
    messages: [1],
    rounds: 1,
    invalidEvery: 1,
  });
  const trials = planted.trials.map((trial) => ({ ...trial, audits }));
  const [sentence, trust, other] = ['an answer', 'its trust', 'another'].map((text) => plantedSentence(text));
  assert.ok(sentence && trust && other);
  const part = { kind: 'level', sentence, numbers: {}, interval: null, cells: [] } as const;
  const answer = { ...part, trust, further: [{ ...part, sentence: other }] };
  writeFileSync(file, JSON.stringify({ ...planted, trials, answer }));
  const results = (await told).at(-1)?.data as
    | { trials: { verdict: string; sentences: { en: string }[] }[]; answer: { en: string }[] }
    | undefined;
  const [judged] = results?.trials ?? [];
  assert.equal(judged?.verdict, 'INVALID');
  assert.match(judged?.sentences[0]?.en ?? '', /^3 requests were acknowledged/);
  assert.deepEqual(results?.answer, [sentence, other, trust]);
});

test('a port that is taken is a problem with a name', async (context) => {
  const run = plantRun(context);
  const { url } = await watched(context, run);
  const port = Number(new URL(url).port);
  await assert.rejects(
    startDashboard(run.watched, { port, language: 'en' }),
    (error) => error instanceof EscalaError && error.code === 'PORT_TAKEN',
  );
});

test('closing ends open streams', async (context) => {
  const run = plantRun(context);
  run.append(runStarted(run, 0));
  const dashboard = await startDashboard(run.watched, { port: 0, language: 'en' });
  await listen(dashboard, has('run-started'));
  const open = listen(dashboard, () => false);
  await listen(dashboard, has('told'));
  await dashboard[Symbol.asyncDispose]();
  await assert.rejects(open);
});
