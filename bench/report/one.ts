// One report of planted results in a process of its own, so that its memory is its own; prints what it took as JSON.
// usage: node one.ts FOLDER ROUNDS CLIENT_LEVELS
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeReport } from '@escala/report';
import { foundingShape, plantedResults } from '../../packages/report/test/planted/planted-results.ts';

const [folder = '', rounds, clientLevels] = process.argv.slice(2);
const clients = Array.from({ length: Number(clientLevels) }, (_, i) => 10 * (i + 1));
const results = plantedResults({ ...foundingShape, clients, rounds: Number(rounds) });
await writeFile(join(folder, 'results.json'), JSON.stringify(results));

const from = performance.now();
const cpuFrom = process.cpuUsage();
await writeReport(folder);
const { user, system } = process.cpuUsage(cpuFrom);
console.log(
  JSON.stringify({
    seconds: (performance.now() - from) / 1000,
    cpuSeconds: (user + system) / 1e6,
    residentBytes: process.resourceUsage().maxRSS * 1024,
  }),
);
