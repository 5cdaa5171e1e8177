import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const CONNECTIONS = '100';
const SECONDS = '5';

/** Another load tool: how it is run against a URL, and where its requests/s stand in what it prints. */
interface Peer {
  readonly name: string;
  /** Ours over theirs, at least. */
  readonly goal: number;
  readonly command: (url: string, folder: string) => readonly [string, ...string[]];
  readonly rateIn: (printed: string) => number;
}

const numberIn = (printed: string, pattern: RegExp) => Number(pattern.exec(printed)?.[1]);

export const peers: readonly Peer[] = [
  {
    name: 'autocannon',
    goal: 1.3,
    command: (url) => {
      const program = join(root, 'node_modules/autocannon/autocannon.js');
      return [process.execPath, program, '-c', CONNECTIONS, '-d', SECONDS, '-j', url];
    },
    rateIn: (printed) => JSON.parse(printed).requests.mean,
  },
  {
    name: 'hey',
    goal: 1.5,
    command: (url) => ['hey', '-cpus', '1', '-c', CONNECTIONS, '-z', `${SECONDS}s`, url],
    rateIn: (printed) => numberIn(printed, /Requests\/sec:\s+([\d.]+)/),
  },
  {
    name: 'k6',
    goal: 1.5,
    command: (url, folder) => {
      const script = join(folder, 'k6.js');
      writeFileSync(script, `import http from 'k6/http'; export default () => http.get('${url}');`);
      const options = ['--vus', CONNECTIONS, '--duration', `${SECONDS}s`, '--no-usage-report', '--quiet'];
      return ['k6', 'run', ...options, script];
    },
    rateIn: (printed) => numberIn(printed, /http_reqs[.\s]*:\s+\d+\s+([\d.]+)\/s/),
  },
  {
    name: 'oha',
    goal: 1.5,
    command: (url) => [
      'oha',
      '-c',
      CONNECTIONS,
      '-z',
      `${SECONDS}s`,
      '--no-tui',
      '--output-format',
      'json',
      url,
    ],
    rateIn: (printed) => JSON.parse(printed).summary.requestsPerSec,
  },
  {
    name: 'wrk',
    goal: 0.5,
    command: (url) => ['wrk', '-t1', '-c', CONNECTIONS, '-d', `${SECONDS}s`, url],
    rateIn: (printed) => numberIn(printed, /Requests\/sec:\s+([\d.]+)/),
  },
];

/** Requests/s of a peer; undefined where it is not installed, and a sentence says so. */
export async function rateOf(peer: Peer, url: string, folder: string): Promise<number | undefined> {
  const printed = await onSecondCore(...peer.command(url, folder));
  return printed === undefined ? undefined : peer.rateIn(printed);
}

/** Runs a tool on the second core, with one thread where it is Go's; undefined where it is not installed. */
export async function onSecondCore(command: string, ...argv: string[]): Promise<string | undefined> {
  const env = { ...process.env, GOMAXPROCS: '1', TOKIO_WORKER_THREADS: '1' };
  try {
    const pinned = ['-c', '1', command, ...argv];
    return (await promisify(execFile)('taskset', pinned, { maxBuffer: 1e8, env })).stdout;
  } catch (error) {
    const { code, message } = error as Error & { code: unknown };
    // What taskset ends with where it does not find the command.
    if (code !== 127) throw error;
    console.error(`${command} is not installed, and is left out (${message.split('\n')[0]})`);
    return undefined;
  }
}
