import { fill } from '@escala/model';
import type { Command } from 'commander';
import { words } from '../words.ts';
import type { World } from '../world.ts';

/** `escala schema`: the JSON Schema of the experiment file, for editors. */
export function addSchema(program: Command, world: World): void {
  program
    .command('schema')
    .description(fill(words.schema, world.language))
    .action(async () => {
      const { experimentJsonSchema } = await import('@escala/lab');
      world.stdout.write(`${JSON.stringify(experimentJsonSchema(), null, 2)}\n`);
    });
}
