import { fill, type Sentence } from '@escala/model';
import type { Command } from 'commander';
import type { World } from '../../terminal/world.ts';

const words = {
  schema: {
    en: 'print the JSON Schema of the experiment file',
    'pt-BR': 'mostra o JSON Schema do arquivo de experimento',
  },
  examples: {
    en: `Examples:
  escala schema > experiment.schema.json
An editor with a YAML language server finds the schema by the first line that
"escala init" writes: # yaml-language-server: $schema=…`,
    'pt-BR': `Exemplos:
  escala schema > experiment.schema.json
Um editor com servidor de linguagem YAML encontra o esquema pela primeira linha
que "escala init" escreve: # yaml-language-server: $schema=…`,
  },
} as const satisfies Record<string, Sentence>;

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
