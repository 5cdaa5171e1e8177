import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { writeReport } from '@escala/report';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { plantedResults } from '../../packages/report/test/planted/planted-results.ts';
import { changedResults, smallStudy, temporaryRun } from '../../packages/report/test/temporary-run.ts';
import { launchChromium, withoutChromium } from './chromium.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let browser: Browser;
before(async () => {
  if (!withoutChromium) browser = await launchChromium();
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

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in the report in ${colorScheme} mode`, {
    skip: withoutChromium,
  }, async (t) => {
    const folder = await temporaryRun(t, plantedResults(smallStudy));
    await writeReport(folder);
    // The policy of the page lets no script in, so the checker comes past it; the page itself stays as it is.
    const { page } = await open(folder, { colorScheme, bypassCSP: true });
    await page.addScriptTag({ path: axe });
    const found = (await page.evaluate('axe.run()')) as AxeResults;
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
}, async (t) => {
  const folder = await temporaryRun(t, plantedResults(smallStudy));
  await writeReport(folder);
  const { page, complaints } = await open(folder);
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

test('what is not VALID is visible at once, with its reason', { skip: withoutChromium }, async (t) => {
  const folder = await temporaryRun(t, plantedResults(smallStudy));
  await writeReport(folder);
  const { page } = await open(folder, { viewport: { width: 1280, height: 800 } });
  const box = await page.locator('#verdict td.invalid').first().boundingBox();
  assert.ok(box && box.y + box.height < 800, 'it stands on the first screen');
  assert.match(await page.locator('#verdict tbody tr').first().innerText(), /INVALID.+missing/s);
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

test('a phone scrolls in one direction only', { skip: withoutChromium }, async (t) => {
  const folder = await temporaryRun(t, plantedResults(smallStudy));
  await writeReport(folder);
  const { page } = await open(folder, { viewport: { width: 390, height: 844 } });
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390);
  assert.equal(await page.locator('svg.wide').first().isVisible(), false);
  assert.equal(await page.locator('svg.narrow').first().isVisible(), true);
});

test('on A4 paper nothing is cut at the right', { skip: withoutChromium }, async (t) => {
  const folder = await temporaryRun(t, plantedResults(smallStudy));
  await writeReport(folder);
  // 210 mm less two margins of 16 mm, in CSS pixels.
  const { page } = await open(folder, { viewport: { width: 672, height: 1000 } });
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 672);
});
