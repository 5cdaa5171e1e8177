import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { TrialRecord } from '@escala/model';

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
export const options = { skip: skipped, timeout: 240_000 };
/** On a new machine every layer of four images is made for the first time. */
export const FIRST_BUILD_MS_MAX = 900_000;

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

/** The README's block of the manual way, a command a line. */
export function manualCommands(): string[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const block = /^```sh\n(kind [\s\S]*?)^```/m.exec(readme)?.[1];
  if (!block) throw new Error('the README has no block of the manual way');
  return block.trim().split('\n');
}

/** Runs those of the manual way's commands that begin with one of `words`. */
export async function byHand(...words: string[]): Promise<void> {
  for (const line of manualCommands()) if (words.some((word) => line.startsWith(word))) await shell(line);
}

/** The cluster of the manual way with its images: the one that an earlier test left, or a new one. */
export async function haveCluster(): Promise<void> {
  if (skipped) return;
  const clusters = await shell('kind get clusters');
  if (clusters.split('\n').includes('cliente-servidor')) {
    await shell('kind export kubeconfig --name cliente-servidor');
    return;
  }
  await byHand('kind create', 'docker build', 'kind load');
}

/** A folder for a run, and an experiment file with these lines. */
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

/** The smallest study, with these lines instead of the usual ones. */
export const tiny = (lines: string) => `name: tiny
replicas: [1]
clients: [1]
messages: [1]
${lines}
`;

/** Runs an experiment of these lines on the cluster. */
export async function study(
  lines: string,
  { words = [], config }: { words?: readonly string[]; config?: string } = {},
): Promise<Ended & { out: string; file: string }> {
  const { file, out } = await experiment(lines);
  const ended = await escala(['run', file, ...onCluster, '--out', out, ...words], config);
  return { ...ended, file, out };
}

export const onCluster = ['--target', 'kubernetes', '--context', context];

/** The record of a cell, of its first round if none is named. */
export async function recordOf(out: string, cell: string, round = 1): Promise<TrialRecord> {
  const folder = join(out, 'cells', cell, String(round));
  return JSON.parse(await readFile(join(folder, 'cell.json'), 'utf8')) as TrialRecord;
}

/** Resolves when the run has written this kind of event `count` times, or is over. */
export async function untilEvent(
  out: string,
  type: string,
  { running, count = 1 }: { running: Promise<unknown>; count?: number },
): Promise<void> {
  let isOver = false;
  void running.then(() => {
    isOver = true;
  });
  const written = () => readFile(join(out, 'events.ndjson'), 'utf8').catch(() => '');
  while (!isOver && (await written()).split(`"type":"${type}"`).length <= count) await sleep(50);
}

/** kubectl's configuration of a service account of the namespace. */
export async function configOf(namespace: string, account: string): Promise<string> {
  const token = await kubectl(`create token ${account} -n ${namespace}`);
  const config = JSON.parse(await kubectl('config view --raw --minify -o json')) as {
    users: { user: object }[];
  };
  for (const entry of config.users) entry.user = { token };
  const file = `${environment['KUBECONFIG']}-${account}`;
  await writeFile(file, JSON.stringify(config));
  return file;
}

/** Namespaces that studies of this name left on the cluster; those that are being deleted have a minute to go. */
export async function studyNamespaces(name: string): Promise<string[]> {
  const form = '\'jsonpath={range .items[*]}{.metadata.name}={.status.phase}{"\\n"}{end}\'';
  const text = await kubectl(`get namespaces -l app.kubernetes.io/managed-by=escala -o ${form}`);
  const found = text.split('\n').filter((line) => line.split('=')[0]?.endsWith(`-${name}`));
  for (const line of found.filter((line) => line.endsWith('=Terminating'))) {
    await kubectl(`wait --for=delete namespace/${line.split('=')[0]} --timeout=60s`);
  }
  return found.filter((line) => !line.endsWith('=Terminating'));
}
