// The analysis against DuckDB's own scan and against pandas. Usage: node bench/analysis/main.ts [requests in millions…]
// Ratios are of one run on one machine; say how busy it was. pandas is left out where Python has none (PYTHON names one).
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateRun } from './generate-run.ts';

const millions = process.argv.slice(2).map(Number);
const sizes = millions.length > 0 ? millions : [0.1, 1, 10];
const folder = await mkdtemp(join(tmpdir(), 'escala-bench-analysis-'));

function once(command: string, args: readonly string[], input = ''): Record<string, number> | null {
  const { status, stdout } = spawnSync(command, args, { input, encoding: 'utf8', maxBuffer: 1 << 24 });
  return status === 0 ? JSON.parse(stdout) : null;
}

try {
  console.log(`load average before: ${loadavg()[0]?.toFixed(1)}`);
  console.log('requests    MB   escala s  peak MiB  DuckDB scan s  ratio  pandas s  ratio');
  for (const size of sizes) {
    const run = join(folder, 'run');
    const { bytes, files } = await generateRun(run, size * 1e6);
    const scan = once(process.execPath, [join(import.meta.dirname, 'scan-once.ts'), JSON.stringify(files)]);
    const ours = once(process.execPath, [join(import.meta.dirname, 'analyse-once.ts'), run]);
    const script = join(import.meta.dirname, 'founding_statistics.py');
    const pandas = once(process.env['PYTHON'] ?? 'python3', [script], JSON.stringify(files));
    if (!ours || !scan) throw new Error('the analysis or the scan failed');
    const seconds = ours['seconds'] ?? 0;
    const cells = [
      `${size}M`.padStart(8),
      (bytes / 1e6).toFixed(0).padStart(6),
      seconds.toFixed(2).padStart(9),
      (ours['mebibytes'] ?? 0).toFixed(0).padStart(9),
      (scan['seconds'] ?? 0).toFixed(2).padStart(14),
      (seconds / (scan['seconds'] ?? 1)).toFixed(2).padStart(6),
      (pandas?.['seconds']?.toFixed(2) ?? '–').padStart(9),
      (pandas ? ((pandas['seconds'] ?? 0) / seconds).toFixed(1) : '–').padStart(6),
    ];
    console.log(cells.join(' '));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
