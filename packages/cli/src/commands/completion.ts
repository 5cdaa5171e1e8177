import { fill } from '@escala/model';
import { Argument, type Command } from 'commander';
import { words } from '../words.ts';
import type { World } from '../world.ts';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

/** `escala completion <shell>`: a script that completes commands and options, made from the program itself. */
export function addCompletion(program: Command, world: World): void {
  program
    .command('completion')
    .description(fill(words.completion, world.language))
    .addArgument(new Argument('<shell>', 'bash, zsh, fish').choices(shells))
    .action((shell: Shell) => {
      world.stdout.write(scripts[shell](program));
    });
}

interface Known {
  readonly name: string;
  readonly description: string;
  readonly options: readonly { long: string; description: string }[];
}

function knownCommands(program: Command): Known[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: command.options.flatMap(({ long, description }) => (long ? [{ long, description }] : [])),
  }));
}

const quoted = (text: string) => text.replaceAll("'", '’');

const scripts: Record<Shell, (program: Command) => string> = {
  bash: bashScript,
  // Zsh reads bash's completions; its own would say the same twice.
  zsh: (program) => `autoload -U +X bashcompinit && bashcompinit\n${bashScript(program)}`,
  fish: (program) =>
    knownCommands(program)
      .flatMap(({ name, description, options }) => [
        `complete -c escala -n __fish_use_subcommand -a '${name}' -d '${quoted(description)}'`,
        ...options.map(
          (option) =>
            `complete -c escala -n '__fish_seen_subcommand_from ${name}' -l '${option.long.slice(2)}' -d '${quoted(option.description)}'`,
        ),
      ])
      .join('\n')
      .concat('\n'),
};

function bashScript(program: Command): string {
  const commands = knownCommands(program);
  const cases = commands
    .map(
      ({ name, options }) =>
        `    ${name}) words='${options.map(({ long }) => long).join(' ')} --lang --help' ;;`,
    )
    .join('\n');
  return `_escala() {
  local words='${commands.map(({ name }) => name).join(' ')} --lang --help'
  case "\${COMP_WORDS[1]:-}" in
${cases}
  esac
  [ "$COMP_CWORD" -eq 1 ] && words='${commands.map(({ name }) => name).join(' ')} --lang --help'
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
  [ "\${#COMPREPLY[@]}" -eq 0 ] && COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _escala escala
`;
}
