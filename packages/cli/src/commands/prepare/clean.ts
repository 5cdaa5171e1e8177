import type { TargetPlace } from '@escala/lab/targets';
import { fill, sentences } from '@escala/model';
import type { Command } from 'commander';
import { addPlaceOptions } from '../../terminal/target-options.ts';
import { print, type World } from '../../terminal/world.ts';

const words = { ...sentences.cli.clean, context: sentences.cli.doctor.context };

/** `escala clean`: only what carries a study's label is ever removed, and a study that lives is left alone. */
export function addClean(program: Command, world: World): void {
  const say = (key: keyof typeof words) => fill(words[key], world.language);
  const command = program.command('clean').description(say('clean'));
  addPlaceOptions(command, words, world);
  command.addHelpText('after', `\n${say('examples')}`).action((place: TargetPlace) => clean(place, world));
}

async function clean(place: TargetPlace, world: World): Promise<void> {
  let count = 0;
  for (const target of Object.values(world.targets)) {
    for await (const { objects, state, ...where } of target.clean?.(place) ?? []) {
      count++;
      const text = fill(words[state], world.language, { ...where, objects: objects.join(', ') });
      print(world.stdout, `${text}\n`);
    }
  }
  if (count === 0) print(world.stdout, `${fill(words.nothing, world.language)}\n`);
}
