import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { typed } from './planted-world.ts';

const folder = temporaryFolder(test);
writeFileSync(join(folder, 'mine.yaml'), '');

/** A shell that waits for more than it got would wait for ever. */
const SHELL_MS_MAX = 30_000;

const isThere = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;
const absent = (shell: string) => (isThere(shell) ? false : `${shell} is not installed`);

async function scriptOf(shell: string): Promise<string> {
  const { exit, stdout } = await typed(['completion', shell]);
  assert.equal(exit, 0);
  const file = join(folder, `escala.${shell}`);
  writeFileSync(file, stdout);
  return file;
}

/** What a person types before the tab, what is offered, and what is not. */
const cases: readonly [line: string, offered: readonly string[], not: readonly string[]][] = [
  ['escala ', ['run', 'watch', 'completion'], ['--rounds']],
  ['escala ver', ['verify'], ['run']],
  ['escala run --', ['--target', '--rounds', '--lang', '--help'], ['--metric']],
  ['escala run --target k', ['kind', 'kubernetes'], ['local']],
  ['escala export runs/x --format ', ['csv', 'parquet', 'json', 'prometheus'], []],
  ['escala --lang p', ['pt-BR'], ['en']],
  ['escala --lang pt-BR run --dr', ['--dry-run'], []],
  ['escala completion ', ['bash', 'zsh', 'fish'], []],
  ['escala client --th', ['--think-time', '--think-distribution'], []],
  ['escala run mi', ['mine.yaml'], []],
  ['escala run --out mi', ['mine.yaml'], []],
];

function assertOffered(
  line: string,
  found: readonly string[],
  offered: readonly string[],
  not: readonly string[],
) {
  for (const word of offered)
    assert.ok(found.includes(word), `${line}: ${word} is not in ${found.join(' ')}`);
  for (const word of not) assert.ok(!found.includes(word), `${line}: ${word} is offered`);
}

test('bash completes commands, options, their values and files', { skip: absent('bash') }, async () => {
  const script = await scriptOf('bash');
  for (const [line, offered, not] of cases) {
    // As readline does: the function fills COMPREPLY; where it offers nothing, files are completed.
    const program = `source ${script}
COMP_WORDS=(${line}${line.endsWith(' ') ? ' ""' : ''}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_escala
[ \${#COMPREPLY[@]} -eq 0 ] && COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
printf '%s\\n' "\${COMPREPLY[@]}"`;
    const found = execFileSync('bash', ['--norc', '-c', program], { cwd: folder, encoding: 'utf8' });
    assertOffered(line, found.split('\n'), offered, not);
  }
});

test('fish completes commands, options, their values and files', { skip: absent('fish') }, async () => {
  const script = await scriptOf('fish');
  for (const [line, offered, not] of cases) {
    const found = execFileSync('fish', ['--no-config', '-c', `source ${script}; complete -C '${line}'`], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
    });
    const words = found.split('\n').map((word) => word.split('\t')[0] ?? '');
    assertOffered(line, words, offered, not);
  }
});

test('zsh completes commands, options, their values and files', { skip: absent('zsh') }, async () => {
  const script = await scriptOf('zsh');
  for (const [line, offered, not] of cases) {
    // Zsh completes only where a person types: a second zsh in a pseudo terminal, which prints what compadd is given.
    const program = `zmodload zsh/zpty
zpty child zsh -f -i
zpty -w child 'PS1=; cd ${folder}; autoload -Uz compinit && compinit -u -d ${folder}/.zcompdump'
zpty -w child 'source ${script}'
zpty -w child 'compadd() { local -a hits; builtin compadd -O hits "$@"; print -r -- OFFER": \${(j: :)hits}"; builtin compadd "$@" }'
zpty -w child 'done-completing() { zle -I; print -r -- OFFER"-"END }; zle -N done-completing; bindkey "^G" done-completing'
zpty -w child 'print -r READY"-"NOW'
zpty -r child out '*READY-NOW*'
zpty -w -n child $'${line.replaceAll("'", "\\'")}\\t\\C-g'
zpty -r child out '*OFFER-END*'
print -r -- "$out"`;
    const printed = execFileSync('zsh', ['-f', '-c', program], {
      encoding: 'utf8',
      timeout: SHELL_MS_MAX,
      env: { ...process.env, HOME: folder },
    });
    const found = [...printed.matchAll(/OFFER: ([^\r\n]*)/g)].flatMap(([, words]) =>
      (words ?? '').split(' '),
    );
    assertOffered(line, found, offered, not);
  }
});
