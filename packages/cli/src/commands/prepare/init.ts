import { rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import {
  EscalaError,
  file,
  fill,
  isDiskFull,
  parseOption,
  projectFolder,
  sentences,
  unwritable,
} from '@escala/model';
import type { Command } from 'commander';
import { plainPath } from '../../terminal/given-paths.ts';
import { print, type World } from '../../terminal/world.ts';
import { type Curl, experimentFromCurl, readCurl } from './from-curl.ts';

const initWords = sentences.cli.init;

/** `escala init [file]`: writes a commented experiment that runs as it is; never over a file that is there. */
export function addInit(program: Command, world: World): void {
  const say = (key: keyof typeof initWords) => fill(initWords[key], world.language);
  program
    .command('init')
    .description(say('init'))
    .argument('[file]', say('file'), 'experiment.yaml')
    .option('--from-curl <command>', say('fromCurl'), readCurl)
    .addHelpText('after', `\n${say('examples')}`)
    .action((given: string, { fromCurl }: { readonly fromCurl?: Curl }) =>
      init(plainPath(parseOption('<file>', file, given)), fromCurl, world),
    );
}

async function init(file: string, curl: Curl | undefined, world: World): Promise<void> {
  const schema = schemaSeenFrom(file);
  const { text, secrets } =
    curl === undefined
      ? { text: fill(initWords.experiment, world.language, { schema }), secrets: [] }
      : experimentFromCurl(curl, schema, world.language);
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

/** Editors take the schema's place from the file's own folder, and write it with slashes everywhere. */
function schemaSeenFrom(file: string): string {
  const schema = join(projectFolder, 'docs/reference/experiment.schema.json');
  return relative(dirname(resolve(file)), schema)
    .split(sep)
    .join('/');
}
