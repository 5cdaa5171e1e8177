import { fill, sentences } from '@escala/model';
import type { Command } from 'commander';
import type { World } from '../../terminal/world.ts';

const words = sentences.cli.schema;

/** `escala schema`: the JSON Schema of the experiment file, for editors. */
export function addSchema(program: Command, world: World): void {
  program
    .command('schema')
    .description(fill(words.schema, world.language))
    .addHelpText('after', `\n${fill(words.examples, world.language)}`)
    .action(async () => {
      const { experimentJsonSchema } = await import('@escala/lab');
      world.stdout.write(`${JSON.stringify(experimentJsonSchema(), null, 2)}\n`);
    });
}
