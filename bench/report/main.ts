// How long a report takes, how large it is and how fast it opens, against the goals of the issue that asked for it.
// Planted results stand in for runs: what is measured here is the drawing, and it does not depend on the numbers.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { launchChromium, withoutChromium } from '../../test/browser/chromium.ts';

const runNode = promisify(execFile);
/** Cells of the founding study are 5 numbers of replicas × 10 of clients × 3 of messages. */
const studies = [
  {
    name: '150 cells × 5 rounds',
    rounds: 5,
    clientLevels: 10,
    secondsMax: 5,
    bytesMax: 2e6,
    openSecondsMax: 1,
  },
  { name: '1,500 cells × 1 round', rounds: 1, clientLevels: 100, secondsMax: 20, residentMax: 1e9 },
];

console.log(
  `load of the machine before: ${loadavg()[0]?.toFixed(1)}; on a busy machine read the processor time\n`,
);
console.log('| study | what | measured | goal | holds |');
console.log('| :-- | :-- | --: | --: | :-- |');
for (const study of studies) {
  const folder = await mkdtemp(join(tmpdir(), 'escala-bench-report-'));
  const row = (what: string, measured: number, goal: number | undefined, unit: string) =>
    console.log(
      `| ${study.name} | ${what} | ${measured.toFixed(2)} ${unit} | ${goal === undefined ? '–' : `${goal} ${unit}`} | ${goal === undefined ? '–' : measured <= goal ? 'yes' : 'NO'} |`,
    );
  try {
    const script = join(import.meta.dirname, 'one.ts');
    const words = [script, folder, String(study.rounds), String(study.clientLevels)];
    const { stdout } = await runNode(process.execPath, words);
    const { seconds, cpuSeconds, residentBytes } = JSON.parse(stdout) as Record<string, number>;
    const page = join(folder, 'report.html');
    row('escala report', seconds ?? Number.NaN, study.secondsMax, 's');
    row('its processor time', cpuSeconds ?? Number.NaN, undefined, 's');
    row(
      'its memory',
      (residentBytes ?? Number.NaN) / 1e6,
      study.residentMax && study.residentMax / 1e6,
      'MB',
    );
    row('report.html', (await stat(page)).size / 1e6, study.bytesMax && study.bytesMax / 1e6, 'MB');
    if (!withoutChromium) row('opens in Chromium', await secondsToOpen(page), study.openSecondsMax, 's');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** From the start of the navigation until everything is laid out and drawn once. */
async function secondsToOpen(file: string): Promise<number> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    const drawn =
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))';
    return ((await page.evaluate(drawn)) as number) / 1000;
  } finally {
    await browser.close();
  }
}
