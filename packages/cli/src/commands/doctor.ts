import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { EscalaError, fill, type Sentence, type SentenceValues } from '@escala/model';
import { type Command, Option } from 'commander';
import type { World } from '../world.ts';
import { clusterWords } from './cluster-words.ts';

const run = promisify(execFile);

interface Finding {
  readonly status: 'ok' | 'warn' | 'fail';
  readonly says: Sentence;
  readonly values: SentenceValues;
}

interface DoctorOptions {
  readonly target: 'local' | 'kind' | 'kubernetes';
  readonly context?: string;
  readonly namespace?: string;
}

const marks = { ok: '✓', warn: '!', fail: '✗' } as const;

/** What each target needs on this machine, how to ask it for its version, and where to get it. */
const tools = {
  docker: {
    words: ['info', '--format', '{{.ServerVersion}}'],
    where: 'https://docs.docker.com/engine/install',
  },
  kind: { words: ['version'], where: 'https://kind.sigs.k8s.io' },
  kubectl: { words: ['version', '--client'], where: 'https://kubernetes.io/docs/tasks/tools' },
} as const;
const toolsOf = { local: [], kind: ['docker', 'kind', 'kubectl'], kubernetes: ['kubectl'] } as const;

/** `escala doctor`: looks, changes nothing, and ends with 4 where the target cannot run. */
export function addDoctor(program: Command, world: World): void {
  const say = (key: keyof typeof clusterWords) => fill(clusterWords[key], world.language);
  program
    .command('doctor')
    .description(say('doctor'))
    .addOption(
      new Option('--target <target>', say('target'))
        .choices(['local', 'kind', 'kubernetes'])
        .default('local'),
    )
    .option('--context <name>', say('context'))
    .option('--namespace <name>', say('namespace'))
    .action((options: DoctorOptions) => doctor(options, world));
}

async function doctor({ target, context, namespace }: DoctorOptions, world: World): Promise<void> {
  const findings: Finding[] = [
    { status: 'ok', says: clusterWords.node, values: { version: process.versions.node } },
    { status: 'ok', says: clusterWords.cores, values: { count: availableParallelism() } },
    ...(await Promise.all(toolsOf[target].map(checkTool))),
  ];
  if (target === 'kubernetes') {
    const { ClusterApi, checkCluster } = await import('@escala/lab/kubernetes');
    findings.push(...(await checkCluster(ClusterApi.connect(context), namespace)));
  }
  for (const { status, says, values } of findings) {
    world.stdout.write(`${marks[status]} ${fill(says, world.language, values)}\n`);
  }
  const failed = findings.filter(({ status }) => status === 'fail').length;
  if (failed > 0) throw new EscalaError('TARGET_NOT_READY', { target, failed });
}

async function checkTool(tool: keyof typeof tools): Promise<Finding> {
  const { words, where } = tools[tool];
  try {
    const { stdout } = await run(tool, [...words]);
    const version = stdout.trim().split('\n')[0] ?? '';
    return { status: 'ok', says: clusterWords.toolFound, values: { tool, version } };
  } catch {
    return { status: 'fail', says: clusterWords.toolMissing, values: { tool, where } };
  }
}
