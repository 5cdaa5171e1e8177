import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { figureNames, writeReport } from '@escala/report';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { plantedResults } from '../../packages/report/test/planted/planted-results.ts';
import { changedResults, smallStudy, temporaryRun } from '../../packages/report/test/temporary-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { launchChromium, withoutChromium } from './chromium.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let browser: Browser;
/** A run with a small study and its report, for the tests that only read it. */
const small = temporaryFolder(test);
before(async () => {
  if (withoutChromium) return;
  browser = await launchChromium();
  await writeFile(join(small, 'results.json'), JSON.stringify(plantedResults(smallStudy)));
  await writeReport(small);
});
after(() => browser?.close());

/** The page of a report, and everything that the browser complained of or asked a network for. */
async function open(folder: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ locale: 'en-US', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) complaints.push(request.url());
  });
  page.on('dialog', (dialog) => complaints.push(dialog.message()));
  await page.goto(pathToFileURL(join(folder, 'report.html')).href);
  return { page, complaints };
}

const visibleText = (page: Page) =>
  page.evaluate(
    () => (globalThis as never as { document: { body: { innerText: string } } }).document.body.innerText,
  );

/** With what is folded on the screen. */
async function printedText(page: Page): Promise<string> {
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  return visibleText(page);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in the report in ${colorScheme} mode`, {
    skip: withoutChromium,
  }, async () => {
    // The policy of the page lets no script in, so the checker comes past it; the page itself stays as it is.
    const { page } = await open(small, { colorScheme, bypassCSP: true });
    await page.addScriptTag({ path: axe });
    const found = (await page.evaluate(`axe.run({ resultTypes: ['violations'] })`)) as AxeResults;
    const serious = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    assert.deepEqual(
      serious.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html)]),
      [],
    );
    assert.ok(found.passes.length > 10, 'axe looked at the page');
  });
}

test('the language is switched without a reload, and numbers follow', {
  skip: withoutChromium,
}, async () => {
  const { page, complaints } = await open(small);
  const english = await visibleText(page);
  assert.match(english, /Throughput against replicas/);
  assert.match(english, /\d,\d{3}/);
  assert.doesNotMatch(english, /Vazão/);
  await page.check('#language-pt-BR');
  const portuguese = await visibleText(page);
  assert.match(portuguese, /Vazão em função das réplicas/);
  assert.match(portuguese, /\d\.\d{3}/);
  assert.doesNotMatch(portuguese, /Throughput/);
  assert.equal(await page.getAttribute('html', 'lang'), 'pt-BR');
  assert.deepEqual(complaints, []);
});

test('the first screen answers the question and says how far to trust it, beside one figure', {
  skip: withoutChromium,
}, async () => {
  const { answer } = plantedResults(smallStudy);
  assert.ok(answer);
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ]) {
    const { page } = await open(small, { viewport });
    for (const sentence of [answer.sentence, answer.trust]) {
      const box = await page.getByText(sentence.en).first().boundingBox();
      assert.ok(box && box.y + box.height < viewport.height, `${viewport.width}: ${sentence.en}`);
    }
    if (viewport.width > 1000) {
      const figure = await page.locator('main > figure').first().boundingBox();
      assert.ok(figure && figure.y < viewport.height);
    }
  }
});

test('what is not VALID stands in the audit, with its reason', { skip: withoutChromium }, async () => {
  const { page } = await open(small);
  assert.match(
    await page.locator('#audit tbody tr').first().innerText(),
    /INVALID\t\d+\t1 request was acknowledged and is in no ledger: the server lost it\.\t/,
  );
});

test('the page opens in the language of the run, whatever the browser speaks', {
  skip: withoutChromium,
}, async () => {
  const { page } = await open(small, { locale: 'pt-BR' });
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
});

test('a script in a name is text and does nothing', { skip: withoutChromium }, async (t) => {
  const hostile = '</title></style><script>alert(1)</script><img src=x onerror=alert(1)>';
  const results = changedResults((changed) => {
    changed.experiment.name = hostile;
    changed.target = hostile;
    for (const cell of changed.cells) cell.cell.system = hostile;
    for (const system of changed.experiment.systems) system.name = hostile;
    for (const audit of changed.trials.flatMap(({ audits }) => audits)) audit.finding = hostile;
  });
  const folder = await temporaryRun(t, results);
  await writeReport(folder);
  const { page, complaints } = await open(folder);
  assert.deepEqual(complaints, []);
  assert.ok((await page.locator('h1').innerText()).includes('<script>alert(1)</script>'));
  assert.equal(await page.locator('img').count(), 0);
});

test('a phone scrolls in one direction only', { skip: withoutChromium }, async () => {
  const { page } = await open(small, { viewport: { width: 390, height: 844 } });
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390);
  assert.equal(await page.locator('svg.wide').first().isVisible(), false);
  assert.equal(await page.locator('svg.narrow').first().isVisible(), true);
});

/** A4 less the margins of the style sheet (12 mm above and below, 16 mm at the sides), in CSS pixels of 1/96 inch. */
const paperWidth = 672;
const paperHeight = 986;

test('on A4 paper nothing is cut at the right, and every figure fits one page', {
  skip: withoutChromium,
}, async (t) => {
  const folder = await temporaryRun(t, plantedResults({ systems: ['node', 'go'], rounds: 3 }));
  await writeReport(folder);
  const { page } = await open(folder, { viewport: { width: paperWidth, height: 1000 } });
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), paperWidth);
  const mayBreak =
    '[...document.querySelectorAll("figure")].filter((f) => getComputedStyle(f).breakInside !== "avoid")';
  assert.equal(await page.evaluate(`${mayBreak}.length`), 0);
  const figures = page.locator('figure');
  assert.equal(await figures.count(), figureNames.length);
  for (const figure of await figures.all()) {
    const box = await figure.boundingBox();
    assert.ok(
      box && box.height <= paperHeight,
      `${await figure.getAttribute('id')} is ${box?.height} px high`,
    );
    assert.equal(await figure.locator('svg:visible').count(), 1);
  }
});

test('the keyboard reaches the language, every table and every list of numbers', {
  skip: withoutChromium,
}, async () => {
  const { page } = await open(small);
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.getAttribute('html', 'lang'), 'pt-BR');
  assert.match(await visibleText(page), /Vazão em função das réplicas/);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate('document.activeElement.getAttribute("href")'), '#verdict');
  const summary = page.locator('figure summary').first();
  await summary.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const focused =
    'document.activeElement.closest("figure details[open]") && document.activeElement.getAttribute("role")';
  assert.equal(await page.evaluate(focused), 'region', 'the table scrolls by the keyboard');
});

test('a screen reader finds the report in its order, and a name and a table for every figure', {
  skip: withoutChromium,
}, async (t) => {
  const folder = await temporaryRun(t, plantedResults({ ...smallStudy, systems: ['node', 'go'] }));
  await writeReport(folder);
  const { page } = await open(folder);
  const headings = await page.locator('main h2').allInnerTexts();
  assert.deepEqual(headings, [
    'Answer',
    'How to read the numbers',
    'Figures',
    'Audit',
    'All cells and laws',
    'Results, ready to paste',
    'Method and definitions',
    'Environment',
    'Seeds and order',
    'Raw files',
  ]);
  const pictures = await page.locator('svg[role=img]:visible').all();
  assert.equal(pictures.length, figureNames.length, 'one picture of each figure is shown at a time');
  const names = await page.getByRole('img', { name: /^Figure \d+\. \w/ }).count();
  assert.equal(names, figureNames.length, 'every picture is named by the heading over it');
  assert.equal(await page.locator('figure h3').count(), figureNames.length);
  assert.equal(await page.locator('figure table').count(), figureNames.length);
});

test('one round and an open loop are said to be what they are', { skip: withoutChromium }, async (t) => {
  const one = await temporaryRun(t, plantedResults({ ...smallStudy, rounds: 1 }));
  await writeReport(one);
  const text = await printedText((await open(one)).page);
  assert.match(text, /One round gives no interval\..*--rounds 5/s);
  assert.match(text, /n = 1 round: there are no intervals/);
  assert.match(text, /Closed loop: latency holds for this number/);
  const openLoop = await temporaryRun(
    t,
    changedResults((changed) => {
      changed.experiment.rate = [100];
      for (const { cell } of changed.cells) cell.ratePerSecond = 100;
    }),
  );
  await writeReport(openLoop);
  const openText = await printedText((await open(openLoop)).page);
  assert.match(openText, /Open loop: latency counts from the intended instant/);
  assert.doesNotMatch(openText, /Closed loop: latency/);
});
