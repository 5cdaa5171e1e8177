import { execFile } from 'node:child_process';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { clientOptions, environmentWithout, type SelftestResult, writeProblem } from '@escala/model';
import { type PlantedStall, plantedTruth } from './planted-truth.ts';

const run = promisify(execFile);

/**
 * The probe of the field study: two freezes of a second in twenty, 100 requests/s. The service is so long that 2 % of it
 * is more than what loopback and two event loops add on a quiet machine.
 */
const stall: PlantedStall = { serviceUs: 50_000, freezeUs: 1_000_000, freezesAtUs: [5_000_000, 15_000_000] };
const schedule = { ratePerSecond: 100, arrivals: 'uniform', durationUs: 20_000_000, seed: '1' } as const;
/** How far a percentile may be from the truth. */
const TRUTH_TOLERANCE = 0.02;
/** Long enough that the beginning, in which code is still being compiled, weighs little. */
const CEILING_LOAD = ['--clients', '64', '--messages', '1500', '--workers', '1'];
/** Rates at which pacing is tried, the finest first, and the unevenness up to which it counts as paced. */
const PACED_RATES = [2_000, 1_000, 500, 100];
const PACED_CV_MAX = 0.2;

/** What the client's JSON says that is needed here. */
interface ClientSummary {
  readonly throughput: number | null;
  readonly latencyUs: {
    readonly p50: number | null;
    readonly p95: number | null;
    readonly p99: number | null;
  } | null;
  readonly arrivals?: { readonly interarrivalCv: number | null };
}

/**
 * Measures the instrument on this machine, with the real client as a process. `client` is the path of its program; when
 * `signal` aborts, it is ended, and nothing is left.
 * @throws EscalaError DISK_FULL, FOLDER_UNWRITABLE.
 */
export async function runSelftest(client: string, signal: AbortSignal): Promise<SelftestResult> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'escala-selftest-')).catch((cause) =>
    Promise.reject(writeProblem(cause, tmpdir())),
  );
  const send = (url: string, ...argv: string[]) =>
    runClient(client, ['--url', url, ...argv, '--json', '--out', join(folder.path, 'rows.csv')], signal);
  const measured = await withServer(stall, (url) =>
    send(url, '--rate', String(schedule.ratePerSecond), '--arrivals', schedule.arrivals, '--duration', '20s'),
  );
  const { ceiling, finestIntervalUs } = await withServer(null, async (url) => ({
    ceiling: await send(url, ...CEILING_LOAD),
    finestIntervalUs: await finestInterval((...argv) => send(url, ...argv)),
  }));
  const { p50, p95, p99 } = measured.latencyUs ?? {};
  const measuredUs = { p50: p50 ?? null, p95: p95 ?? null, p99: p99 ?? null };
  const truthUs = plantedTruth(schedule, stall);
  const isRight = (['p50', 'p95', 'p99'] as const).every(
    (name) => Math.abs((measuredUs[name] ?? Number.NaN) / truthUs[name] - 1) <= TRUTH_TOLERANCE,
  );
  return {
    stall: { truthUs, measuredUs },
    ceiling: { requestsPerSecond: ceiling.throughput ?? 0 },
    timer: { finestIntervalUs },
    verdict: isRight ? 'trustworthy' : 'doubtful',
  };
}

/** The shortest interval whose arrivals are evenly spaced; null where even the longest is not. µs. */
async function finestInterval(send: (...argv: string[]) => Promise<ClientSummary>): Promise<number | null> {
  for (const rate of PACED_RATES) {
    const { arrivals } = await send('--rate', String(rate), '--arrivals', 'uniform', '--duration', '500ms');
    const cv = arrivals?.interarrivalCv ?? null;
    if (cv !== null && cv <= PACED_CV_MAX) return 1_000_000 / rate;
  }
  return null;
}

async function runClient(
  client: string,
  argv: readonly string[],
  signal: AbortSignal,
): Promise<ClientSummary> {
  const env = environmentWithout(clientOptions, process.env);
  const { stdout } = await run(process.execPath, [client, ...argv], { env, signal, timeout: 60_000 });
  return JSON.parse(stdout) as ClientSummary;
}

async function withServer<T>(plan: PlantedStall | null, use: (url: string) => Promise<T>): Promise<T> {
  const worker = new Worker(new URL('./stall-server.ts', import.meta.url), { workerData: plan });
  try {
    const port = await new Promise<number>((resolve, reject) =>
      worker.once('message', resolve).once('error', reject),
    );
    return await use(`http://127.0.0.1:${port}/`);
  } finally {
    await worker.terminate();
  }
}
