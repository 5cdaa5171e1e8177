// The analysis against its goals, DuckDB's own scan and pandas. Usage: node bench/analysis/main.ts [millions of requests…]
// Ratios are of one run on one machine; say how busy it was. pandas is left out where Python has none (PYTHON names one).
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateFoundingRun, generateLargeRun } from './generate-run.ts';
import { goalsOf, type Measured } from './goals.ts';

const given = process.argv
  .slice(2)
  .map(Number)
  .sort((a, b) => a - b);
const sizes = given.length > 0 ? given : [0.1, 1, 10, 30];
/** Beyond, pandas would need more memory than a laptop has. */
const pandasMillionsMax = 10;
const folder = await mkdtemp(join(tmpdir(), 'escala-bench-analysis-'));
const run = join(folder, 'run');
const here = (name: string) => join(import.meta.dirname, name);

function once(command: string, args: readonly string[], input = ''): Record<string, number> | null {
  const { status, stdout } = spawnSync(command, args, { input, encoding: 'utf8', maxBuffer: 1 << 24 });
  return status === 0 ? JSON.parse(stdout) : null;
}

/** The whole command, from start to exit, as a person waits for it. */
async function foundingSeconds(): Promise<number> {
  await generateFoundingRun(run);
  const before = performance.now();
  const { status, stderr } = spawnSync(join(import.meta.dirname, '../../bin/escala'), ['analyze', run]);
  if (status !== 0) throw new Error(`escala analyze failed: ${stderr}`);
  return (performance.now() - before) / 1_000;
}

async function measure(millions: number): Promise<Measured & { readonly bytes: number }> {
  const { bytes, files } = await generateLargeRun(run, millions * 1e6);
  const list = JSON.stringify(files);
  const scan = once(process.execPath, [here('scan-once.ts')], list);
  const ours = once(process.execPath, [here('analyse-once.ts'), run]);
  if (!ours || !scan) throw new Error('the analysis or the scan failed');
  const python = process.env['PYTHON'] ?? 'python3';
  const pandas = millions <= pandasMillionsMax ? once(python, [here('founding_statistics.py')], list) : null;
  return {
    millions,
    bytes,
    seconds: ours['seconds'] ?? 0,
    mebibytes: ours['mebibytes'] ?? 0,
    scanSeconds: scan['seconds'] ?? 0,
    countSeconds: scan['countSeconds'] ?? 0,
    pandasSeconds: pandas?.['seconds'] ?? null,
  };
}

try {
  console.log(`load average before: ${loadavg()[0]?.toFixed(1)}`);
  const founding = await foundingSeconds();
  console.log('requests    MB   escala s  peak MiB  DuckDB scan s  ratio  pandas s  ratio');
  const measured: Measured[] = [];
  for (const millions of sizes) {
    const { bytes, ...one } = await measure(millions);
    measured.push(one);
    const { seconds, mebibytes, scanSeconds, pandasSeconds } = one;
    const cells = [
      `${millions}M`.padStart(8),
      (bytes / 1e6).toFixed(0).padStart(6),
      seconds.toFixed(2).padStart(9),
      mebibytes.toFixed(0).padStart(9),
      scanSeconds.toFixed(2).padStart(14),
      (seconds / scanSeconds).toFixed(2).padStart(6),
      (pandasSeconds?.toFixed(2) ?? '–').padStart(9),
      (pandasSeconds === null ? '–' : (pandasSeconds / seconds).toFixed(1)).padStart(6),
    ];
    console.log(cells.join(' '));
  }
  console.log('');
  for (const { goal, measured: figure, isMet } of goalsOf(measured, founding)) {
    console.log(`${isMet ? 'met   ' : 'MISSED'}  ${goal.padEnd(46)} ${figure.padStart(12)}`);
    if (!isMet) process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
