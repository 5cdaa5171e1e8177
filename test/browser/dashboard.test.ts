import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { startDashboard } from '@escala/dashboard';
import type { Language } from '@escala/model';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import {
  atSecond,
  halfway,
  type PlantedRun,
  plantedTrial,
  runStarted,
} from '../../packages/dashboard/test/planted-run.ts';
import { plantedResults } from '../../packages/report/test/planted/planted-results.ts';
import { plantedSentence } from '../planted-sentence.ts';
import { launchChromium, withoutChromium } from './chromium.ts';

const skip = withoutChromium;
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let browser: Browser;
before(async () => {
  if (!withoutChromium) browser = await launchChromium();
});
after(() => browser?.close());

interface Opened {
  readonly page: Page;
  /** What the browser complained about: scripts that failed, files that the policy refused. */
  readonly complaints: string[];
  /** Addresses that the page asked for. */
  readonly asked: string[];
  readonly stop: () => Promise<void>;
}

async function open(
  context: TestContext,
  run: PlantedRun,
  { language = 'en' as Language, ...options }: BrowserContextOptions & { language?: Language } = {},
): Promise<Opened> {
  const dashboard = await startDashboard(run.watched, { port: 0, language });
  const stop = async () => dashboard[Symbol.asyncDispose]();
  context.after(stop);
  const browserContext = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.after(() => browserContext.close());
  const page = await browserContext.newPage();
  const [complaints, asked]: [string[], string[]] = [[], []];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(dashboard.url);
  return { page, complaints, asked, stop };
}

const untilNumber = (page: Page, text: string) =>
  page.locator('#numbers dd').getByText(text, { exact: true }).first().waitFor();

test('the live page shows numbers, figures, matrix and reasons, and asks nobody else', {
  skip,
}, async (context) => {
  const run = halfway(context);
  const { page, complaints, asked } = await open(context, run);
  await untilNumber(page, '18 of 36');
  assert.equal(await page.locator('h1').textContent(), 'planted-study');
  assert.match(
    (await page.locator('#numbers').textContent()) ?? '',
    /7 \(7 timed out\).*16 VALID.*1 SUSPECT.*1 INVALID/,
  );
  assert.equal(await page.locator('#growth svg polyline.line:not(.ideal)').count(), 1);
  assert.equal(await page.locator('#growth svg polyline.ideal').count(), 1);
  assert.equal((await page.locator('#growth svg text.value').count()) > 0, true);
  const { system, replicas } = run.trials[0]?.cell ?? {};
  assert.equal(system, 'node');
  assert.equal(
    await page.locator('#throughput svg rect.band title').textContent(),
    `${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`,
  );
  assert.match(
    (await page.locator('#growth-says').textContent()) ?? '',
    /^Heaviest load so far: 50 clients, 100 messages each.*Dashed: ideal growth/,
  );
  assert.equal(await page.locator('#answer').isHidden(), true);
  assert.equal(await page.locator('#throughput svg path.line').count(), 1);
  assert.equal(await page.locator('#latency svg path.line').count(), 3);
  assert.equal(await page.locator('#throughput .failed').count(), 1);
  assert.equal(await page.locator('#matrix button').count(), 18);
  assert.equal(
    await page
      .locator('#matrix button.running')
      .textContent()
      .then((text) => text?.[0]),
    '▶',
  );
  assert.equal((await page.locator('#detail .replicas rect').count()) > 0, true);
  const origins = new Set(asked.map((url) => new URL(url).origin));
  assert.deepEqual([...origins], [new URL(page.url()).origin]);
  assert.deepEqual(complaints, []);
});

test('verdicts fall while one looks', { skip }, async (context) => {
  const run = halfway(context);
  const { page } = await open(context, run);
  await untilNumber(page, '18 of 36');
  const [, next] = run.trials.slice(18);
  assert.ok(next);
  run.append(...plantedTrial(next, 120, { verdict: 'INVALID' }));
  await untilNumber(page, '19 of 36');
  assert.match(
    (await page.locator('#notes li').first().textContent()) ?? '',
    new RegExp(`INVALID.*${next.cell.key} \\(`),
  );
});

test('what a run says is text, never markup', { skip }, async (context) => {
  const run = halfway(context);
  const attack = '<img src=x onerror="document.title=\'run\'"><script>document.title="run"</script>';
  const [running] = run.trials.slice(18);
  assert.ok(running);
  const { cell, round } = running;
  run.append({
    type: 'trial-dropped',
    atUs: Date.now() * 1_000,
    cell: cell.key,
    round,
    reason: plantedSentence(attack),
  });
  const { page, complaints } = await open(context, run);
  await page.getByText('onerror=').first().waitFor();
  assert.equal(await page.locator('main img, main script, main b').count(), 0);
  assert.equal(await page.getByText('planted <b>reason</b>').count(), 2);
  assert.equal(await page.title(), 'planted-study · Escala');
  assert.deepEqual(complaints, []);
});

test('the slider shows an earlier moment, and the newest again', { skip }, async (context) => {
  const { page } = await open(context, halfway(context));
  await untilNumber(page, '18 of 36');
  const slider = page.getByRole('slider', { name: 'Moment of the study' });
  await slider.fill('30');
  await untilNumber(page, '5 of 36');
  assert.match((await slider.getAttribute('aria-valuetext')) ?? '', /^0:30 of 1:5\d$/);
  assert.equal(await page.locator('#status').textContent(), 'local: replay');
  await slider.press('Home');
  await untilNumber(page, '0 of 36');
  await page.getByRole('button', { name: 'To the newest' }).click();
  await untilNumber(page, '18 of 36');
});

test('a replay plays to its end by itself', { skip }, async (context) => {
  const { page } = await open(context, halfway(context));
  await untilNumber(page, '18 of 36');
  await page.getByRole('slider').fill('100');
  await page.getByRole('button', { name: 'Play' }).click();
  await untilNumber(page, '17 of 36');
  await untilNumber(page, '18 of 36');
  await page.getByRole('button', { name: 'Play' }).waitFor();
});

test('everything is reached with the keyboard', { skip }, async (context) => {
  const { page } = await open(context, halfway(context));
  await untilNumber(page, '18 of 36');
  const focused = () =>
    page.evaluate('document.activeElement.getAttribute("aria-label") ?? document.activeElement.id');
  const stops: unknown[] = [];
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press('Tab');
    stops.push(await focused());
  }
  assert.deepEqual(stops.slice(0, 4), ['language', 'projector', 'play', 'Moment of the study']);
  assert.match(String(stops[4]), /^node-r1-c10-m10: VALID, rounds: [12]\/2, 300 requests\/s$/);
  assert.match(String(stops[5]), /^node-r1-c10-m100: /);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  assert.match(String(await focused()), /^node-r2-c20-m100: /);
  // The page draws once a frame, so the title follows the focus.
  await page.locator('#detail-title').getByText('Cell node-r2-c20-m100', { exact: true }).waitFor();
});

test('the page speaks Portuguese, with its numbers, and changes without a reload', {
  skip,
}, async (context) => {
  const { page } = await open(context, halfway(context), { language: 'pt-BR' });
  await untilNumber(page, '18 de 36');
  assert.equal(await page.locator('html').getAttribute('lang'), 'pt-BR');
  const text = (await page.locator('body').innerText()) ?? '';
  for (const word of ['Vazão', 'Latência', 'réplicas', '7 por tempo esgotado'])
    assert.ok(text.includes(word), word);
  assert.match(text, /máximo até aqui: 1\.200/);
  await page.getByLabel('Idioma').selectOption('en');
  await untilNumber(page, '18 of 36');
  assert.doesNotMatch(await page.locator('body').innerText(), /Vazão|Latência|réplica|rodada/);
});

test('one key makes the page large enough for a projector, also after a reload', {
  skip,
}, async (context) => {
  const { page } = await open(context, halfway(context));
  await untilNumber(page, '18 of 36');
  const button = page.locator('#projector');
  const isLarge = async () => [
    await button.getAttribute('aria-pressed'),
    await page.evaluate('Number.parseFloat(getComputedStyle(document.body).fontSize) > 16'),
  ];
  assert.deepEqual(await isLarge(), ['false', false]);
  await page.keyboard.press('p');
  assert.deepEqual(await isLarge(), ['true', true]);
  await page.reload();
  await untilNumber(page, '18 of 36');
  assert.deepEqual(await isLarge(), ['true', true]);
  await page.locator('#language').focus();
  await page.keyboard.press('p');
  assert.deepEqual(await isLarge(), ['true', true], 'in a list of choices a letter chooses');
  await button.click();
  assert.deepEqual(await isLarge(), ['false', false]);
});

test('a run that is finished shows its answer first, in the language of the reader', {
  skip,
}, async (context) => {
  const run = halfway(context);
  const planted = plantedResults({ replicas: [1, 2, 4], clients: [10, 20, 50], messages: [10], rounds: 2 });
  const sentence = plantedSentence('Four <b>are</b> enough.', 'Bastam <b>quatro</b>.');
  const part = { kind: 'level', sentence, numbers: {}, interval: null, cells: [] } as const;
  const answer = { ...part, trust: plantedSentence('Believe it.', 'Acredite.'), further: [] };
  writeFileSync(join(run.folder, 'results.json'), JSON.stringify({ ...planted, answer }));
  const { page, complaints } = await open(context, run);
  await untilNumber(page, '18 of 36');
  assert.equal(await page.locator('#answer').isHidden(), true, 'an answer of before the run went on');
  run.append({ type: 'run-finished', atUs: atSecond(130), done: 18, trials: 36, failed: 0, tookMs: 1 });
  await page.getByText('Four <b>are</b> enough.').waitFor();
  await page.getByLabel('Language').selectOption('pt-BR');
  await page.getByText('Bastam <b>quatro</b>.').waitFor();
  assert.deepEqual(await page.locator('main p').first().textContent(), 'Bastam <b>quatro</b>.');
  await page.getByRole('slider').fill('30');
  await page.locator('#answer').waitFor({ state: 'hidden' });
  assert.deepEqual(complaints, []);
});

for (const [colorScheme, width, size] of [
  ['light', 1280, 'usual'],
  ['dark', 390, 'usual'],
  ['dark', 1280, 'projector'],
] as const) {
  test(`axe finds nothing serious, and nothing is cut: ${colorScheme}, ${width} px, ${size} size`, {
    skip,
  }, async (context) => {
    const options = { colorScheme, viewport: { width, height: 800 }, bypassCSP: true };
    const { page } = await open(context, halfway(context), options);
    await untilNumber(page, '18 of 36');
    if (size === 'projector') await page.keyboard.press('p');
    await page.evaluate(await readFile(axePath, 'utf8'));
    const { violations } = (await page.evaluate('axe.run()')) as {
      violations: { id: string; impact: string; nodes: { html: string }[] }[];
    };
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    assert.deepEqual(
      serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
      [],
    );
    const cut = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    assert.equal(cut, 0);
  });
}

test('the page says when the run is lost and when the watcher is, and goes on when the run is back', {
  skip,
}, async (context) => {
  const run = halfway(context);
  const { page, stop } = await open(context, run);
  await untilNumber(page, '18 of 36');
  const file = join(run.folder, 'events.ndjson');
  renameSync(file, `${file}.away`);
  await page.getByText('are not there (any more)').waitFor();
  await untilNumber(page, '18 of 36');
  renameSync(`${file}.away`, file);
  const done = run.trials.slice(0, 18).map(({ planIndex }) => planIndex);
  run.append(runStarted(run, 90_000, done));
  const [again] = run.trials.slice(18);
  assert.ok(again);
  run.append(...plantedTrial(again, 90_001));
  await untilNumber(page, '19 of 36');
  await stop();
  await page.getByText('escala watch does not answer').waitFor();
});
