import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
export const root = join(import.meta.dirname, '../..');
const escalaProgram = join(root, 'bin/escala');

/**
 * Why these tests cannot run here, or false. They make and delete the kind cluster of the manual way, so they run only
 * where someone asks for it; there a missing cluster is a failure, not a skip.
 */
export const skipped: string | false =
  process.env['CLUSTER_TESTS'] === 'required'
    ? false
    : 'needs Docker and kind, and replaces the cluster cliente-servidor: run npm run test:cluster';

export const context = 'kind-cliente-servidor';

/** Tests keep kubectl's configuration of their own: the user's is not theirs to change. */
const configFolder = await mkdtemp(join(tmpdir(), 'escala-cluster-'));
export const environment: NodeJS.ProcessEnv = { ...process.env, KUBECONFIG: join(configFolder, 'config') };

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one line of the manual way as a person's shell would. Fails when it fails. */
export async function shell(line: string): Promise<string> {
  const { stdout } = await execute('sh', ['-c', line], { cwd: root, env: environment, timeout: 900_000 });
  return stdout.trim();
}

export const kubectl = (words: string) => shell(`kubectl --context ${context} ${words}`);

export async function escala(
  words: readonly string[],
  kubeconfig = environment['KUBECONFIG'],
): Promise<Ended> {
  const child = startEscala(words, kubeconfig);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', (text) => (stderr += text));
  const code = await new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
  return { code, stdout, stderr };
}

export function startEscala(words: readonly string[], kubeconfig = environment['KUBECONFIG']) {
  return spawn(escalaProgram, words, {
    cwd: root,
    env: { ...environment, KUBECONFIG: kubeconfig, LC_ALL: 'C' },
  });
}

/** A folder for a run, and an experiment file with these lines after the usual small one's. */
export async function experiment(lines: string): Promise<{ file: string; out: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'escala-cluster-run-'));
  const file = join(folder, 'experiment.yaml');
  await writeFile(file, lines);
  return { file, out: join(folder, 'run') };
}

export const small = `name: small
replicas: [2]
clients: [4]
messages: [1, 5]
service: { time: 1ms, parallelism: 1, kind: wait }
kubernetes: { clientsPerPod: 2 }
`;

/** cell.json of every trial of a run, by cell. */
export async function records(out: string, cells: readonly string[]): Promise<Map<string, Record>> {
  const read = cells.map(async (cell) => {
    const text = await readFile(join(out, 'cells', cell, '1', 'cell.json'), 'utf8');
    return [cell, JSON.parse(text) as Record] as const;
  });
  return new Map(await Promise.all(read));
}

export interface Record {
  readonly counts: {
    readonly planned: number;
    readonly requests: number;
    readonly outcomes: Readonly<{ [outcome: string]: number }>;
    readonly ledger: Readonly<{ [state: string]: number }>;
  };
  readonly replicas: readonly { readonly name: string }[];
  readonly incidents: readonly { readonly code: string; readonly detail: string }[];
}

/** Namespaces of studies that stay on the cluster; those that are being deleted have a minute to go. */
export async function studyNamespaces(): Promise<string[]> {
  const form = '\'jsonpath={range .items[*]}{.metadata.name}={.status.phase}{"\\n"}{end}\'';
  const text = await kubectl(`get namespaces -l app.kubernetes.io/managed-by=escala -o ${form}`);
  const found = text.split('\n').filter((line) => line !== '');
  for (const line of found.filter((line) => line.endsWith('=Terminating'))) {
    await kubectl(`wait --for=delete namespace/${line.split('=')[0]} --timeout=60s`);
  }
  return found.filter((line) => !line.endsWith('=Terminating'));
}
