// What the live page costs the system that is measured: the same study with and without a watcher, in turns.
//   npm run bench -- dashboard [pairs]     5 pairs by default, about 25 s each
// The watcher and a reader of its stream run on the machine of the servers; a browser that draws costs more, and can be
// on another machine. Linux only: processor time is read from /proc.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Results, runFiles } from '@escala/model';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'escala-bench-'));
const experiment = join(folder, 'experiment.yaml');
const pairs = Number(process.argv[2] ?? 5);
/** Of USER_HZ, the unit of /proc/<pid>/stat, on every Linux that Node supports. */
const TICK_S = 0.01;
const COST_MAX = 0.01;

writeFileSync(
  experiment,
  'replicas: [2]\nclients: [40]\nmessages: [1000]\nservice: { time: 1ms, parallelism: 2, kind: wait }\nagents: 1\n',
);

function startEscala(...words: string[]): ChildProcess {
  return spawn(join(root, 'bin/escala'), words, { stdio: ['ignore', 'pipe', 'ignore'] });
}

/** Seconds of processor time that a process has used. */
function processorSeconds({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_S;
}

/** Reads the page's stream as a browser would, and says what the watcher used while it was read. */
async function watch(run: string): Promise<{ end: () => Promise<number> }> {
  while (!existsSync(join(run, runFiles.manifest))) await sleep(20);
  const child = startEscala('watch', run);
  const exited = once(child, 'exit');
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const [, address = ''] = /(http:\S+)/.exec(String(line)) ?? [];
  const stream = get(new URL('events', address), (response) => response.resume()).on('error', () => {});
  await once(stream, 'response');
  const [usedBefore, since] = [processorSeconds(child), performance.now()];
  return {
    async end() {
      const seconds = (performance.now() - since) / 1e3;
      const share = (processorSeconds(child) - usedBefore) / seconds / cpus().length;
      child.kill('SIGINT');
      await exited;
      return share;
    },
  };
}

/** Throughput of one study, requests/s, and the watcher's share of the machine while it was watched. */
async function study(name: string, isWatched: boolean) {
  const run = join(folder, name);
  const child = startEscala('run', experiment, '--out', run, '--json');
  child.stdout?.resume();
  const exited = once(child, 'exit');
  const watcher = isWatched ? await watch(run) : undefined;
  const [code] = await exited;
  const share = (await watcher?.end()) ?? 0;
  if (code !== 0) throw new Error(`the study ended with ${code}`);
  const results = JSON.parse(readFileSync(join(run, runFiles.results), 'utf8')) as Results;
  return { throughput: results.cells[0]?.throughput?.value ?? Number.NaN, share };
}

/** Median and the whole spread: of five pairs no narrower interval is honest. */
const summary = (values: readonly number[], digits: number) =>
  `median ${median(values).toFixed(digits)}, from ${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;
const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
try {
  const [ratios, shares]: [number[], number[]] = [[], []];
  for (let pair = 1; pair <= pairs; pair++) {
    // Who goes first changes, so that a machine that slows down favours neither.
    const order = pair % 2 === 1 ? [true, false] : [false, true];
    const found = new Map<boolean, Awaited<ReturnType<typeof study>>>();
    for (const isWatched of order) found.set(isWatched, await study(`${pair}-${isWatched}`, isWatched));
    ratios.push((found.get(true)?.throughput ?? Number.NaN) / (found.get(false)?.throughput ?? Number.NaN));
    shares.push(found.get(true)?.share ?? Number.NaN);
    console.log(
      `pair ${pair}: watched / unwatched ${ratios.at(-1)?.toFixed(3)}, watcher's share ${shares.at(-1)?.toFixed(4)}`,
    );
  }
  console.log(`throughput, watched / unwatched: ${summary(ratios, 3)} (${pairs} pairs)`);
  console.log(`share of the machine: ${summary(shares, 4)} of ${cpus().length} cores, allowed ${COST_MAX}`);
  if (median(shares) > COST_MAX) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
