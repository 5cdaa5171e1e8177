// One analysis in a process of its own, so that its peak memory is its own: prints seconds and MiB as JSON.
import { analyzeRun } from '@escala/analysis';
import { writeResults } from '@escala/model/study';

const [folder = ''] = process.argv.slice(2);
const before = performance.now();
const results = await analyzeRun(folder);
await writeResults(folder, results);
const seconds = (performance.now() - before) / 1_000;
const mebibytes = process.resourceUsage().maxRSS / 1_024;
process.stdout.write(JSON.stringify({ seconds, mebibytes, requests: results.totals.requests }));
