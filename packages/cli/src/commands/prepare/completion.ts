import {
  clientOptions,
  fill,
  type Language,
  languages,
  type OptionTable,
  sentences,
  serverOptions,
} from '@escala/model';
import { Argument, type Command, type Option } from 'commander';
import type { World } from '../../terminal/world.ts';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

const words = sentences.cli.completion;

/** `escala completion <shell>`: made from the program itself, so that it knows what the program knows. */
export function addCompletion(program: Command, world: World): void {
  const say = (key: keyof typeof words) => fill(words[key], world.language);
  program
    .command('completion')
    .description(say('completion'))
    .addArgument(new Argument('<shell>', say('shell')).choices(shells))
    .addHelpText('after', `\n${say('examples')}`)
    .action(async (shell: Shell) => {
      world.stdout.write(completionScripts[shell](completableCommands(program, world.language)));
    });
}

const programOptions: Readonly<Record<string, OptionTable>> = {
  server: serverOptions,
  client: clientOptions,
};

function completableCommands(program: Command, language: Language): CompletableCommand[] {
  const shared = program.options.map(completableOption);
  return program.commands.map((command) => {
    const table = programOptions[command.name()];
    const own = table
      ? tableOptions(table, language)
      : [...command.options.map(completableOption), ...shared];
    return {
      name: command.name(),
      description: command.description(),
      options: [...own, { flag: '--help', description: helpOf(program), follows: 'nothing' }],
      follows: followsArgument(command.registeredArguments[0]),
    };
  });
}

function completableOption(option: Option): CompletableOption {
  const { long, description, argChoices, required, flags } = option;
  const takes = argChoices ?? (required ? byPlaceholder(flags) : 'nothing');
  return { flag: long ?? '', description, follows: takes };
}

function tableOptions(table: OptionTable, language: Language): CompletableOption[] {
  return Object.values(table).flatMap(({ flag, doc, isSwitch }) =>
    flag === undefined
      ? []
      : [{ flag: `--${flag}`, description: fill(doc, language), follows: isSwitch ? 'nothing' : 'value' }],
  );
}

function followsArgument(argument: Argument | undefined): Follows {
  if (!argument) return 'nothing';
  return argument.argChoices ?? 'file';
}

/** `<file>` is one, and so is what holds a run. */
const byPlaceholder = (flags: string): Follows => (/<(file|folder|run)>/.test(flags) ? 'file' : 'value');

const helpOf = (program: Command) =>
  program
    .createHelp()
    .visibleOptions(program)
    .find(({ long }) => long === '--help')?.description ?? '';

/** What may follow an option or a command: nothing, one of these words, a file or folder, or something else. */
type Follows = readonly string[] | 'nothing' | 'file' | 'value';

interface CompletableOption {
  /** With its dashes. */
  readonly flag: string;
  readonly description: string;
  readonly follows: Follows;
}

interface CompletableCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletableOption[];
  readonly follows: Follows;
}

type Script = (commands: readonly CompletableCommand[]) => string;

/** A script for each shell, in the shell's own way; names and words are ours and hold no blanks or quotes. */
const completionScripts: Readonly<Record<'bash' | 'zsh' | 'fish', Script>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

const isWords = (follows: Follows): follows is readonly string[] => Array.isArray(follows);
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Where nothing is offered, bash goes on with file names. */
function bashScript(commands: readonly CompletableCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter(({ follows }) => isWords(follows))
      .map(({ flag, follows }) => `    '${name} ${flag}') offered='${(follows as string[]).join(' ')}' ;;`),
  );
  const fileFlags = commands.flatMap(({ name, options }) =>
    options.filter(({ follows }) => follows === 'file').map(({ flag }) => `'${name} ${flag}'`),
  );
  const flags = commands.map(
    ({ name, options }) => `    ${name}) flags='${options.map(({ flag }) => flag).join(' ')}' ;;`,
  );
  const words = commands
    .filter(({ follows }) => isWords(follows))
    .map(({ name, follows }) => `    ${name}) offered='${(follows as string[]).join(' ')}' ;;`);
  return `_escala() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command= word flags= offered=
  # Bash takes --target=kind apart at the equals sign.
  [ "$previous" = '=' ] && previous=\${COMP_WORDS[COMP_CWORD-2]}
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in ${commands.map(({ name }) => name).join('|')}) command=$word; break ;; esac
  done
  case "$command $previous" in
${values.join('\n')}
    ' --lang') offered='${languages.join(' ')}' ;;
    ${fileFlags.join('|')}) COMPREPLY=(); return ;;
  esac
  case $command in
    '') flags='--lang --help'; [ -z "$offered" ] && offered='${names}' ;;
${flags.join('\n')}
  esac
  case $command in
    __none__) ;;
${words.join('\n')}
  esac
  [[ $current == -* ]] && offered=$flags
  COMPREPLY=($(compgen -W "$offered" -- "$current"))
}
complete -o default -F _escala escala
`;
}

function zshScript(commands: readonly CompletableCommand[]): string {
  const described = commands.map(
    ({ name, description }) => `      ${quoted(`${name}:${description.replaceAll(':', '\\:')}`)}`,
  );
  const cases = commands.map(({ name, options, follows }) => {
    const words = [
      ...options.map(zshOption),
      ...(follows === 'nothing' ? [] : [quoted(`*: :${zshAction(follows)}`)]),
    ];
    return `        ${name}) _arguments \\\n          ${words.join(' \\\n          ')} ;;`;
  });
  return `#compdef escala
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
_escala() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C '--lang[${languages.join(', ')}]: :(${languages.join(' ')})' '--help' '1: :->command' '*:: :->rest'
  case $state in
    command)
      local -a commands=(
${described.join('\n')}
      )
      _describe command commands ;;
    rest)
      case $words[1] in
${cases.join('\n')}
      esac ;;
  esac
}
compdef _escala escala
`;
}

function zshOption({ flag, description, follows }: CompletableOption): string {
  const says = description.replace(/[[\]:]/g, '\\$&');
  return quoted(`${flag}[${says}]${follows === 'nothing' ? '' : `: :${zshAction(follows)}`}`);
}

function zshAction(follows: Exclude<Follows, 'nothing'>): string {
  if (isWords(follows)) return `(${follows.join(' ')})`;
  return follows === 'file' ? '_files' : ' ';
}

function fishScript(commands: readonly CompletableCommand[]): string {
  const lines = commands.flatMap(({ name, description, options, follows }) => {
    const here = `complete -c escala -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c escala -n __fish_use_subcommand -a ${name} -d ${fishQuoted(description)}`,
      ...(isWords(follows) ? [`${here} -a '${follows.join(' ')}'`] : []),
      ...(follows === 'file' ? [`${here} -F`] : []),
      ...options.map(({ flag, description, follows }) => {
        const takes = isWords(follows) ? ` -x -a '${follows.join(' ')}'` : fishTakes[follows];
        return `${here} -l ${flag.slice(2)}${takes} -d ${fishQuoted(description)}`;
      }),
    ];
  });
  return `complete -c escala -e
complete -c escala -f
complete -c escala -n __fish_use_subcommand -l lang -x -a '${languages.join(' ')}'
${lines.join('\n')}
`;
}

const fishTakes = { nothing: '', file: ' -r -F', value: ' -x' } as const;
/** Fish knows backslash and quote inside single quotes. */
const fishQuoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
