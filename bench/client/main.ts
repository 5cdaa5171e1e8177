// The client beside the field's load tools, one core each side, the same Go server for all, in one run.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const CONNECTIONS = '100';
const SECONDS = '5';
const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'escala-bench-'));
const client = join(root, 'client/src/main.ts');

/** Runs a tool on the second core; undefined where it is not installed. */
async function run(command: string, ...argv: string[]): Promise<string | undefined> {
  try {
    return (await promisify(execFile)('taskset', ['-c', '1', command, ...argv], { maxBuffer: 1e8 })).stdout;
  } catch (error) {
    console.error(`${command}: ${(error as Error).message.split('\n')[0]}`);
    return undefined;
  }
}

const escala = async (...argv: string[]) =>
  JSON.parse(
    (await run(
      process.execPath,
      client,
      '--workers',
      '1',
      '--json',
      '--out',
      join(folder, 'rows.csv'),
      ...argv,
    )) ?? '{}',
  );
const numberIn = (text: string | undefined, pattern: RegExp) =>
  Number(pattern.exec(text ?? '')?.[1] ?? Number.NaN);

execFileSync('go', ['build', '-o', join(folder, 'server'), 'main.go'], {
  cwd: join(import.meta.dirname, 'null-server'),
});
const server = spawn('taskset', ['-c', '0', join(folder, 'server')], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, GOMAXPROCS: '1' },
});
try {
  const port = await new Promise<string>((resolve) =>
    server.stdout.once('data', (data) => resolve(String(data).trim())),
  );
  const url = `http://127.0.0.1:${port}/`;
  console.log(`load average before the run: ${loadavg()[0]?.toFixed(2)}`);
  const closed = await escala(
    '--url',
    url,
    '--method',
    'GET',
    '--clients',
    CONNECTIONS,
    '--messages',
    '4000',
  );
  const ours: number = closed.throughput;
  const autocannon = await run(
    process.execPath,
    join(root, 'node_modules/autocannon/autocannon.js'),
    '-c',
    CONNECTIONS,
    '-d',
    SECONDS,
    '-j',
    url,
  );
  const peers: [string, number, number][] = [
    ['autocannon', JSON.parse(autocannon ?? '{}').requests?.mean ?? Number.NaN, 1.3],
    [
      'hey',
      numberIn(
        await run('hey', '-cpus', '1', '-c', CONNECTIONS, '-z', `${SECONDS}s`, url),
        /Requests\/sec:\s+([\d.]+)/,
      ),
      1.5,
    ],
    [
      'wrk',
      numberIn(
        await run('wrk', '-t1', '-c', CONNECTIONS, '-d', `${SECONDS}s`, url),
        /Requests\/sec:\s+([\d.]+)/,
      ),
      0.5,
    ],
  ];
  console.log(`escala, every request logged: ${Math.round(ours)} requests/s`);
  console.table(
    peers.map(([tool, rate, goal]) => ({
      tool,
      'requests/s': Math.round(rate),
      ratio: (ours / rate).toFixed(2),
      goal,
    })),
  );
  const half = await escala('--url', url, '--rate', String(Math.round(ours / 2)), '--duration', '3s');
  const even = await escala('--url', url, '--rate', '1000', '--arrivals', 'uniform', '--duration', '3s');
  const random = await escala('--url', url, '--rate', '1000', '--arrivals', 'poisson', '--duration', '3s');
  console.table([
    { measure: 'send lag p99 at half of the ceiling, µs', value: half.sendLagUs?.p99, goal: '<= 1000' },
    { measure: 'CV, uniform at 1000/s', value: even.arrivals?.interarrivalCv?.toFixed(3), goal: '<= 0.2' },
    {
      measure: 'CV, poisson at 1000/s',
      value: random.arrivals?.interarrivalCv?.toFixed(3),
      goal: '0.9 to 1.1',
    },
  ]);
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
