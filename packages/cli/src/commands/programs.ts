import { fill, type Sentence } from '@escala/model';
import type { Command } from 'commander';
import { words } from '../words.ts';
import type { World } from '../world.ts';

/** `escala server` and `escala client`: this process becomes that program; it reads its own options and help. */
export function addPrograms(program: Command, world: World): void {
  addOne('server', words.server, async () => (await import('@escala/server')).main);
  addOne('client', words.client, async () => (await import('@escala/client')).main);

  function addOne(name: 'server' | 'client', doc: Sentence, load: () => Promise<ProgramMain>): void {
    program
      .command(name)
      .description(fill(doc, world.language))
      .helpOption(false)
      .allowUnknownOption()
      .allowExcessArguments()
      .action(async () => {
        const main = await load();
        await main(world.argv.slice(world.argv.indexOf(name) + 1), world.environment);
      });
  }
}

type ProgramMain = (argv: readonly string[], environment: NodeJS.ProcessEnv) => Promise<void>;
