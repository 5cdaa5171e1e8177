import { writeFile } from 'node:fs/promises';
import { EscalaError, fill } from '@escala/model';
import type { Command } from 'commander';
import { words } from '../words.ts';
import type { World } from '../world.ts';

/** `escala init [file]`: writes a commented experiment; never over a file that is there. */
export function addInit(program: Command, world: World): void {
  program
    .command('init')
    .description(fill(words.init, world.language))
    .argument('[file]', fill(words.initFile, world.language), 'experiment.yaml')
    .action(async (file: string) => {
      try {
        await writeFile(file, fill(words.initExperiment, world.language), { flag: 'wx' });
      } catch (cause) {
        const detail = (cause as Error).message;
        const isThere = (cause as NodeJS.ErrnoException).code === 'EEXIST';
        throw isThere
          ? new EscalaError('FILE_EXISTS', { file }, { cause })
          : new EscalaError('FOLDER_UNWRITABLE', { folder: file, detail }, { cause });
      }
      world.stdout.write(`${fill(words.initDone, world.language, { file })}\n`);
    });
}
