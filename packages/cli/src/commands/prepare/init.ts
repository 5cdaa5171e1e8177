import { rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { DeployedName, TargetPlace } from '@escala/lab/targets';
import {
  EscalaError,
  file,
  fill,
  isDiskFull,
  name,
  parseOption,
  projectFolder,
  sentences,
  unwritable,
} from '@escala/model';
import { type Command, Option } from 'commander';
import { plainPath } from '../../terminal/given-paths.ts';
import { print, type World } from '../../terminal/world.ts';
import { type Curl, experimentFromCurl, readCurl } from './from-curl.ts';
import { experimentFromDeployment, readDeployedName } from './from-deployment.ts';

const initWords = sentences.cli.init;

interface InitOptions extends Pick<TargetPlace, 'context'> {
  readonly fromCurl?: Curl;
  readonly fromDeployment?: DeployedName;
}

/** `escala init [file]`: writes a commented experiment that runs as it is; never over a file that is there. */
export function addInit(program: Command, world: World): void {
  const { language } = world;
  const say = (key: keyof typeof initWords) => fill(initWords[key], language);
  const fromDeployment = new Option('--from-deployment <name>', say('fromDeployment'));
  program
    .command('init')
    .description(say('init'))
    .argument('[file]', say('file'), 'experiment.yaml')
    .option('--from-curl <command>', say('fromCurl'), readCurl)
    .addOption(fromDeployment.argParser(readDeployedName).conflicts('fromCurl'))
    .option('--context <name>', say('context'), (text) => parseOption('--context', name, text))
    .addHelpText('after', `\n${say('examples')}`)
    .action((given: string, options: InitOptions) =>
      init(plainPath(parseOption('<file>', file, given)), options, world),
    );
}

async function init(file: string, options: InitOptions, world: World): Promise<void> {
  const { text, secrets = [] } = await experimentFor(options, schemaSeenFrom(file), world);
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (cause) {
    const isThere = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    // The empty file that fitted would be in the way of the same command with more room.
    if (isDiskFull(cause)) await rm(file);
    throw isThere ? new EscalaError('FILE_EXISTS', { file }, { cause }) : unwritable(file, cause);
  }
  for (const variable of secrets)
    print(world.stdout, `${fill(sentences.cli.fromCurl.secret, world.language, { variable })}\n`);
  print(world.stdout, `${fill(initWords.done, world.language, { file })}\n`);
}

async function experimentFor(
  { fromCurl, fromDeployment, context }: InitOptions,
  schema: string,
  world: World,
): Promise<{ readonly text: string; readonly secrets?: readonly string[] }> {
  const { language } = world;
  if (fromCurl) return experimentFromCurl(fromCurl, schema, language);
  if (fromDeployment)
    return { text: await experimentFromDeployment(fromDeployment, { context }, { ...world, schema }) };
  if (context !== undefined)
    throw new EscalaError('OPTION_NEEDS', { one: '--context', other: '--from-deployment' });
  return { text: fill(initWords.experiment, language, { schema }) };
}

/** Editors take the schema's place from the file's own folder, and write it with slashes everywhere. */
function schemaSeenFrom(file: string): string {
  const schema = join(projectFolder, 'docs/reference/experiment.schema.json');
  return relative(dirname(resolve(file)), schema)
    .split(sep)
    .join('/');
}
