import { statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import {
  checkTool,
  type Finding,
  namesOf,
  requirePlace,
  type TargetPlace,
  targetNamed,
} from '@escala/lab/targets';
import { describeBytes, EscalaError, fill, namespace, parseOption, sentences, version } from '@escala/model';
import type { Command } from 'commander';
import { colourist, type Style } from '../../terminal/colours.ts';
import { addTargetOptions } from '../../terminal/target-options.ts';
import { print, type World } from '../../terminal/world.ts';

const doctorWords = sentences.cli.doctor;

/** Servers and clients at once: fewer measure each other. */
const CORES_MIN = 2;

interface DoctorOptions extends TargetPlace {
  readonly target: string;
}

const marks = { ok: '✓', warn: '!', fail: '✗' } as const;
const styles: Readonly<Record<Finding['status'], Style>> = { ok: 'green', warn: 'yellow', fail: 'red' };

/** `escala doctor`: looks, changes nothing, and ends with 4 where the target cannot run. */
export function addDoctor(program: Command, world: World): void {
  const say = (key: keyof typeof doctorWords) => fill(doctorWords[key], world.language);
  const command = program.command('doctor').description(say('doctor'));
  addTargetOptions(command, doctorWords, world);
  const targets = namesOf(world.targets, ({ options }) => options.includes('deployed'));
  command
    .option('--deployed <name>', fill(doctorWords.deployed, world.language, { targets }), (text) =>
      parseOption('--deployed', namespace, text),
    )
    .addHelpText('after', `\n${say('examples')}`)
    .action((options: DoctorOptions) => doctor(options, world));
}

async function doctor(options: DoctorOptions, world: World): Promise<void> {
  const { target } = options;
  requirePlace(world.targets, target, options);
  const row = targetNamed(world.targets, target);
  const findings = [...(await checkMachine()), ...(await Promise.all(row.tools.map(checkTool)))];
  const hasTools = findings.every(({ status }) => status !== 'fail');
  if (hasTools) findings.push(...((await row.check?.(options)) ?? []));
  const paint = colourist(world, world.stdout);
  for (const { status, says, values } of findings) {
    print(world.stdout, `${paint(styles[status], marks[status])} ${fill(says, world.language, values)}\n`);
  }
  const failed = findings.filter(({ status }) => status === 'fail').length;
  if (failed > 0) throw new EscalaError('TARGET_NOT_READY', { target, failed });
}

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
