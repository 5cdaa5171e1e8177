import { execFile } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import {
  describeBytes,
  EscalaError,
  type Fillings,
  fill,
  name,
  namespace,
  parseOption,
  type Sentence,
  sentences,
  version,
} from '@escala/model';
import { type Command, Option } from 'commander';
import { colourist, type Style } from '../../terminal/colours.ts';
import { print, type World } from '../../terminal/world.ts';
import { checkCluster as checkClusterOptions } from '../measure/run.ts';
import { checkTool } from './required-tools.ts';

const doctorWords = sentences.cli.doctor;

const run = promisify(execFile);
/** Servers and clients at once: fewer measure each other. */
const CORES_MIN = 2;

/** One line: `warn` switches one thing off, `fail` keeps a study from running. */
export interface Finding {
  readonly status: 'ok' | 'warn' | 'fail';
  readonly says: Sentence;
  readonly values: Fillings;
}

interface DoctorOptions {
  readonly target: 'local' | 'kind' | 'kubernetes';
  readonly context?: string;
  readonly namespace?: string;
}

const marks = { ok: '✓', warn: '!', fail: '✗' } as const;
const styles: Readonly<Record<Finding['status'], Style>> = { ok: 'green', warn: 'yellow', fail: 'red' };

/** `escala doctor`: looks, changes nothing, and ends with 4 where the target cannot run. */
export function addDoctor(program: Command, world: World): void {
  const say = (key: keyof typeof doctorWords) => fill(doctorWords[key], world.language);
  program
    .command('doctor')
    .description(say('doctor'))
    .addOption(
      new Option('--target <target>', say('target'))
        .choices(['local', 'kind', 'kubernetes'])
        .default('local'),
    )
    .option('--context <name>', say('context'), (text) => parseOption('--context', name, text))
    .option('--namespace <name>', say('namespace'), (text) => parseOption('--namespace', namespace, text))
    .addHelpText('after', `\n${say('examples')}`)
    .action((options: DoctorOptions) => doctor(options, world));
}

async function doctor(options: DoctorOptions, world: World): Promise<void> {
  const { target } = options;
  checkClusterOptions(options, target);
  const findings = [...(await checkMachine()), ...(await checks[target](options))];
  const paint = colourist(world, world.stdout);
  for (const { status, says, values } of findings) {
    print(world.stdout, `${paint(styles[status], marks[status])} ${fill(says, world.language, values)}\n`);
  }
  const failed = findings.filter(({ status }) => status === 'fail').length;
  if (failed > 0) throw new EscalaError('TARGET_NOT_READY', { target, failed });
}

const checks: Readonly<Record<DoctorOptions['target'], (options: DoctorOptions) => Promise<Finding[]>>> = {
  local: () => Promise.all([checkTool('python3', 'warn'), checkTool('go', 'warn')]),
  async kind() {
    const [docker, kind, kubectl] = await Promise.all([
      checkTool('docker', 'fail'),
      checkTool('kind', 'fail'),
      checkTool('kubectl', 'warn'),
    ]);
    const isReady = docker.status === 'ok' && kind.status === 'ok';
    return [docker, kind, kubectl, ...(isReady ? [await checkKindCluster()] : [])];
  },
  async kubernetes({ context, namespace }) {
    const { ClusterApi, checkCluster } = await import('@escala/lab/kubernetes');
    const tools = await Promise.all([checkTool('docker', 'warn'), checkTool('kubectl', 'warn')]);
    return [...tools, ...(await checkCluster(ClusterApi.connect(context), namespace))];
  },
};

async function checkMachine(): Promise<Finding[]> {
  const { BYTES_PER_REQUEST } = await import('@escala/lab');
  const count = availableParallelism();
  const { bavail, bsize } = statfsSync('.');
  const free = bavail * bsize;
  const hasEnough = count >= CORES_MIN;
  return [
    { status: 'ok', says: doctorWords.escala, values: { version, node: process.versions.node } },
    {
      status: hasEnough ? 'ok' : 'warn',
      says: hasEnough ? doctorWords.cores : doctorWords.coresFew,
      values: { count },
    },
    {
      status: 'ok',
      says: doctorWords.disk,
      values: { free: describeBytes(free), requests: Number((free / BYTES_PER_REQUEST).toPrecision(2)) },
    },
  ];
}

async function checkKindCluster(): Promise<Finding> {
  const { kindCluster: name } = await import('@escala/lab/kubernetes');
  const { stdout } = await run('kind', ['get', 'clusters']);
  if (stdout.split('\n').includes(name)) return { status: 'ok', says: doctorWords.cluster, values: { name } };
  const command = `kind create cluster --config kind-config.yaml --name ${name}`;
  return { status: 'warn', says: doctorWords.clusterMissing, values: { name, command } };
}
