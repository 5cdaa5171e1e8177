import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter } from 'node:path';
import { sentences } from '@escala/model';
import { blocksOf } from './markdown.ts';

/** A line of an `sh` block, and what the page shows of its output. */
export interface DocumentedCommand {
  readonly file: string;
  readonly command: string;
  /**
   * From a comment at the end of the line, else 0: `# exit 7`, or `# exit 7 or 0` where the measurement decides. What the
   * page shows is what was printed with the first.
   */
  readonly exitCodes: readonly number[];
  readonly shown: readonly string[];
}

/** The commands of a page, in order. A `text` block right after an `sh` block is the output of its last line. */
export function commandsOf(file: string): DocumentedCommand[] {
  const blocks = blocksOf(file);
  return blocks.flatMap(({ language, lines }, i) => {
    if (language !== 'sh') return [];
    const after = blocks[i + 1];
    const shown = after?.language === 'text' ? after.lines : [];
    return lines.map((line, at) => ({
      file,
      command: line.replace(/\s+# .*$/, ''),
      exitCodes: (/# exit ([\d or]+)$/.exec(line)?.[1] ?? '0').split(' or ').map(Number),
      shown: at === lines.length - 1 ? shown : [],
    }));
  });
}

/** What only .ci/run and the cluster tests run: the test command itself, and what needs a cluster. */
export const onlyInCi = /^(npm cit|kind |docker |kubectl |\.\/deploy\.sh kind)|--(target|context) /;

/** Commands that last until they are ended; they run beside those that follow on the page. */
export const lasting = / (server|watch) /;

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a line as a person's shell would, in `folder`. The output is stdout and stderr as they came. */
export async function runCommand(command: string, folder: string): Promise<Ended> {
  const { child, output } = start(command, folder, false);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: output() };
}

/** Starts a line that lasts, and returns when it has said where it listens. */
export async function startLasting(command: string, folder: string): Promise<AsyncDisposable> {
  const { child, output } = start(command, folder, true);
  const ended = once(child, 'close');
  while (!/http:\/\/\S+/.test(output())) {
    const told = child.stdout ? once(child.stdout, 'data') : ended;
    await Promise.race([told, ended]);
    if (child.exitCode !== null) throw new Error(`${command} ended: ${output()}`);
  }
  return {
    async [Symbol.asyncDispose]() {
      // npm, sh and the program: all of the group, as Ctrl-C in a terminal.
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
      await ended;
    },
  };
}

/** A reader's shell finds the Node of the system, the oldest that the README allows or a newer one, and not the project's. */
function readersPath(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.filter((folder) => !folder.endsWith('node_modules/.bin')).join(delimiter);
}

/** `ownGroup`: a signal to the group reaches all that the line started, and one to the test does not. */
function start(
  command: string,
  folder: string,
  ownGroup: boolean,
): { child: ChildProcess; output: () => string } {
  const child = spawn('sh', ['-c', command], {
    cwd: folder,
    detached: ownGroup,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: readersPath(), LANG: 'C', LC_ALL: 'C', CI: '1' },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return { child, output: () => text };
}

/**
 * A line with everything taken out that another measurement may change: numbers, with the plural that they ask for, times
 * and verdicts. `…` in a line of a page stands for whatever is there.
 */
export function wordsOf(line: string): string {
  return (
    line
      // How far apart limits are depends on that, too.
      .replace(/, of which \d+ rounds? tells? next to nothing: 95 %/, ', 95 %')
      // How far a cell lies beyond the margin, and how small its q is, depend on the measurement.
      .replace(/(?<=slower|faster) > [\d.]+\s%|[<>] ?(?=\d)/g, '')
      // What could be checked depends on how busy the machine was.
      .replace(/ Could not be checked: .*?\.(?= |$)/, '')
      .replace(/\b(VALID|SUSPECT|INVALID|faster|slower|equivalent|inconclusive)\b/g, '@')
      // What limits a cell, and whether there is an interval, too.
      .replace(limitInRow, '# @')
      .replace(/\[[^\]]*\](?=.* @$)/, '#')
      .replace(/\d[\d.,:]*( (µs|ms|s|min|h|B|KiB|MiB|GiB)\b)?|–/g, '#')
      .replace(/#(\s+#)+/g, '#')
      .replace(/([#…]) (cell|round|trial|request)s\b/g, '$1 $2')
      .replace(/\s+/g, ' ')
      .replace(/(\S+)( \1)+/g, '$1')
      .trim()
  );
}

const limitWords = Object.values(sentences.report.summary.limits).map(({ en }) => en);
const limitInRow = new RegExp(`(?<= )(${limitWords.join('|')}) +@$`);

/** The lines of `shown` whose words the output does not have. */
export function linesNotIn(shown: readonly string[], output: string): string[] {
  const printed = output.split('\n').map(wordsOf);
  return shown.filter((line) => {
    const pattern = wordsOf(line)
      .split('…')
      .map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*');
    return !printed.some((one) => new RegExp(`^${pattern}$`).test(one));
  });
}
