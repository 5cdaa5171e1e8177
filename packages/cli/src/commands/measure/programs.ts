import { fill, programHelp, sentences } from '@escala/model';
import type { Command } from 'commander';
import type { World } from '../../terminal/world.ts';

const words = sentences.cli.programs;

type ProgramMain = (argv: readonly string[], environment: NodeJS.ProcessEnv) => Promise<void>;

/** `escala server`: this process becomes the server, which reads its own options. */
export function addServer(program: Command, world: World): void {
  addOne('server', program, world, async () => (await import('@escala/server')).main);
}

/** `escala client`: this process becomes the client. */
export function addClient(program: Command, world: World): void {
  addOne('client', program, world, async () => {
    const { main } = await import('@escala/client');
    const readRequests = async (file: string) => (await import('@escala/lab')).readRequests(file);
    return (argv, environment) => main(argv, environment, readRequests);
  });
}

function addOne(
  name: keyof typeof words,
  program: Command,
  world: World,
  load: () => Promise<ProgramMain>,
): void {
  const command = program
    .command(name)
    .description(fill(words[name], world.language))
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async () => {
      const main = await load();
      await main(world.argv.toSpliced(world.argv.indexOf(name), 1), world.environment);
    });
  // The options are the program's own, and so is the help that lists them.
  command.helpInformation = () => programHelp(name, world.language);
}
