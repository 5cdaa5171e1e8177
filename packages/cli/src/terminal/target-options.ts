import { namesOf } from '@escala/lab/targets';
import { fill, name, namespace, parseOption, type Sentence } from '@escala/model';
import { type Command, Option } from 'commander';
import type { World } from './world.ts';

type PlaceWords = Readonly<Record<'context' | 'namespace', Sentence>>;

/** Adds `--target` and the options that say where on it. */
export function addTargetOptions(
  command: Command,
  words: PlaceWords & { readonly target: Sentence },
  world: World,
): void {
  const [names, says] = [Object.keys(world.targets), fill(words.target, world.language)];
  command.addOption(new Option('--target <target>', says).choices(names).default(names[0]));
  addPlaceOptions(command, words, world);
}

/** Adds the options that say where on a target a study runs. */
export function addPlaceOptions(command: Command, words: PlaceWords, { targets, language }: World): void {
  const say = (option: keyof PlaceWords) =>
    fill(words[option], language, { targets: namesOf(targets, ({ options }) => options.includes(option)) });
  command
    .option('--context <name>', say('context'), (text) => parseOption('--context', name, text))
    .option('--namespace <name>', say('namespace'), (text) => parseOption('--namespace', namespace, text));
}
