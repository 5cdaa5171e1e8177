// How long a report takes and how large it is, against the limits that issue 8 sets. Planted results stand in for runs.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeReport } from '@escala/report';
import { foundingShape, plantedResults } from '../../packages/report/test/planted/planted-results.ts';

const cases = [
  { name: '150 cells × 5 rounds', options: { rounds: 5 }, secondsMax: 5 },
  {
    name: '1,500 cells × 1 round',
    options: {
      rounds: 1,
      clients: Array.from({ length: 100 }, (_, i) => i + 1),
      messages: foundingShape.messages,
    },
    secondsMax: 20,
  },
];
const bytesMax = 2_000_000;
const residentMax = 1e9;

console.log(`load of the machine before: ${loadavg()[0]?.toFixed(1)}`);
console.log('| study | seconds | of limit | report.html | of limit for 150 cells | resident | of limit |');
console.log('| :-- | --: | --: | --: | --: | --: | --: |');
for (const { name, options, secondsMax } of cases) {
  const folder = await mkdtemp(join(tmpdir(), 'escala-bench-report-'));
  try {
    await writeFile(join(folder, 'results.json'), JSON.stringify(plantedResults(options)));
    const from = performance.now();
    const { report } = await writeReport(folder);
    const seconds = (performance.now() - from) / 1000;
    const { size } = await stat(join(folder, report));
    const resident = process.resourceUsage().maxRSS * 1024;
    const ratio = (value: number) => value.toFixed(2);
    console.log(
      `| ${name} | ${seconds.toFixed(1)} | ${ratio(seconds / secondsMax)} | ${(size / 1e6).toFixed(2)} MB | ${ratio(size / bytesMax)} | ${(resident / 1e6).toFixed(0)} MB | ${ratio(resident / residentMax)} |`,
    );
    if (!(await readFile(join(folder, report), 'utf8')).endsWith('</html>\n')) throw new Error('cut off');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
