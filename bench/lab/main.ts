// The founding study on this machine: how long it takes, what the lab adds to each cell, and what it needs in memory.
//   npm run bench -- lab            one round of the founding study
//   npm run bench -- lab --memory   and the orchestrator's memory, 150 cells against 1,500
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { overheads } from '../overheads.ts';

const root = join(import.meta.dirname, '../..');
const heapProbe = pathToFileURL(join(import.meta.dirname, 'heap-probe.ts')).href;
const folder = mkdtempSync(join(tmpdir(), 'escala-bench-'));

interface Study {
  readonly seconds: number;
  /** Most resident memory of the orchestrator until the last trial had ended, and until the report was written. */
  readonly measuringBytes: number;
  readonly peakBytes: number;
  /** What lived on the orchestrator's heap after a full collection, when the last trial had just ended. */
  readonly heapBytes: number;
  readonly run: string;
}

/** Runs a study as a person does; `peakBytes` is the orchestrator's own (VmHWM), without servers and agents. */
async function study(file: string, name: string): Promise<Study> {
  const run = join(folder, name);
  const startedAt = performance.now();
  const heapFile = `${run}.heap`;
  const child = spawn(join(root, 'bin/escala'), ['run', file, '--out', run, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, HEAP_PROBE_FILE: heapFile, NODE_OPTIONS: `--import=${heapProbe}` },
  });
  let [measuringBytes, peakBytes, isMeasuring] = [0, 0, true];
  child.stdout.on('data', (events) => {
    if (!String(events).includes('"run-finished"')) return;
    isMeasuring = false;
    child.kill('SIGUSR2');
  });
  const timer = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const bytesOf = (field: string) =>
        Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1_024;
      peakBytes = bytesOf('VmHWM');
      if (isMeasuring) measuringBytes = Math.max(measuringBytes, bytesOf('VmRSS'));
    } catch {
      // It has just ended; the last look counts.
    }
  }, 500);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`the study ended with ${code}`);
  const seconds = (performance.now() - startedAt) / 1_000;
  if (!existsSync(heapFile)) throw new Error('the orchestrator did not tell of its heap');
  const heapBytes = Number(readFileSync(heapFile, 'utf8'));
  return { seconds, measuringBytes, peakBytes, heapBytes, run };
}

function tinyStudy(cells: number): string {
  const file = join(folder, `${cells}.yaml`);
  const levels = Array.from({ length: cells / 3 }, (_, i) => i + 1);
  writeFileSync(
    file,
    `name: tiny\nreplicas: [1, 2, 3]\nclients: 2\nmessages: [${levels.slice(0, 50).join(', ')}]\nrounds: ${cells / 150}\n`,
  );
  return file;
}

try {
  const founding = await study(join(root, 'experiments/founding.yaml'), 'founding');
  const seconds = overheads(founding.run);
  const at = (share: number) => seconds[Math.ceil(share * seconds.length) - 1] ?? Number.NaN;
  console.log(
    `founding study, one round: ${founding.seconds.toFixed(1)} s (goal 180): ratio ${(founding.seconds / 180).toFixed(2)}`,
  );
  console.log(
    `overhead a cell: median ${at(0.5).toFixed(3)} s, p95 ${at(0.95).toFixed(3)} s (goal 0.3): ratio ${(at(0.5) / 0.3).toFixed(2)}`,
  );
  if (process.argv.includes('--memory')) {
    const [small, large] = [await study(tinyStudy(150), 'm150'), await study(tinyStudy(1_500), 'm1500')];
    const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(0);
    for (const [phase, field] of [
      ['while measuring', 'measuringBytes'],
      ['with analysis and report', 'peakBytes'],
      ['that lives on its heap after the last trial', 'heapBytes'],
    ] as const) {
      const ratio = (large[field] / small[field]).toFixed(2);
      console.log(
        `orchestrator's memory ${phase}: 150 cells ${mib(small[field])} MiB, 1,500 cells ${mib(large[field])} MiB: ratio ${ratio}`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
