import { execFile } from 'node:child_process';
import { createReadStream, statSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type MeasuredSystem, type OwnSystem, projectFolder, type System, version } from '@escala/model';
import { sha256 } from '@escala/model/study';
import type { Launch } from './systems.ts';

const run = promisify(execFile);

/** A program that is asked for its version answers at once, or it is left alone. */
const VERSION_MS_MAX = 5_000;
const VERSION_CHARACTERS = 80;

/** Programs that run other programs and are asked for their own version. Any other program is never started to ask. */
const runtimes = /^(node|deno|bun|python[\d.]*|gunicorn|uvicorn|ruby|php|dotnet|java)$/;
/** Programs that run other programs and tell nothing of them. */
const runners = /^(sh|bash|dash|zsh|env|npm|npx|yarn|pnpm|make|go|cargo)$/;
/** The first line of a script names what runs it. */
const FIRST_LINE_BYTES_MAX = 256;

/** What a reader must know to measure the same system again. What nothing tells is null. */
export async function measuredSystem(system: System, launch: Launch | undefined): Promise<MeasuredSystem> {
  const { name } = system;
  if (!launch) return { name, version: null, commit: null, isDirty: null, digest: null, runtime: null };
  const command = system.command ?? launch.command;
  const file = programFile(command);
  return {
    name,
    version: system.command ? null : version,
    ...(await sourceOf(system.command ? file && dirname(file) : projectFolder)),
    digest: system.command && file ? await digestOf(file) : null,
    runtime: await runtimeOf(name, launch.command, command, file),
  };
}

/** The program of a command, found as a shell does; of one that runs others (`node server.js`) the first word that is a file. */
function programFile([program = '', ...words]: readonly string[]): string | undefined {
  const name = basename(program);
  const folders = program.includes('/') ? ['.'] : (process.env['PATH'] ?? '').split(delimiter);
  const paths =
    runtimes.test(name) || runners.test(name)
      ? words.map((word) => resolve(word))
      : folders.map((folder) => resolve(folder, program));
  return paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}

/** Commit of the folder's repository, and whether tracked files differ from it. */
async function sourceOf(folder: string | undefined): Promise<Pick<MeasuredSystem, 'commit' | 'isDirty'>> {
  const commit = folder && (await said('git', ['-C', folder, 'rev-parse', 'HEAD']));
  if (!commit) return { commit: null, isDirty: null };
  const changes = await said('git', ['-C', folder, 'status', '--porcelain', '--untracked-files=no']);
  return { commit, isDirty: changes === undefined ? null : changes !== '' };
}

const ownRuntimes: Readonly<Record<OwnSystem, (program: string) => Promise<string | undefined>>> = {
  node: async () => `Node ${process.versions.node}`,
  python: (gunicorn) => said(join(dirname(gunicorn), 'python'), ['-c', pythonVersions]),
  go: goVersion,
};

async function runtimeOf(
  name: string,
  [program = '']: readonly string[],
  [given = '']: readonly string[],
  file: string | undefined,
): Promise<string | null> {
  const found = program === given ? await ownRuntimes[name as OwnSystem]?.(program) : undefined;
  if (found) return found;
  const runtime = runtimes.test(basename(given)) ? given : file && (await interpreterOf(file));
  if (!runtime) return (file && (await goVersion(file))) || null;
  const first = (await said(runtime, ['--version']))?.split('\n')[0]?.slice(0, VERSION_CHARACTERS);
  if (!first) return null;
  // Node and others print the bare number.
  return /^v?[\d.]+$/.test(first) ? `${basename(runtime)} ${first}` : first;
}

/** The runtime that the first line of a script names, as `#!/usr/bin/env node` does. */
async function interpreterOf(file: string): Promise<string | undefined> {
  const chunks = await createReadStream(file, { end: FIRST_LINE_BYTES_MAX })
    .toArray()
    .catch(() => []);
  const [, program = ''] =
    /^#!\s*(?:\S*\/env\s+(?:-S\s+)?)?(\S+)/.exec(Buffer.concat(chunks).toString('latin1')) ?? [];
  return runtimes.test(basename(program)) ? program : undefined;
}

/** With which Go a program was built, which its file says without being run. */
async function goVersion(file: string): Promise<string | undefined> {
  return (await said('go', ['version', file]))?.split(': ').at(-1);
}

const pythonVersions = `import platform, importlib.metadata as m
print('Python', platform.python_version(), *('· %s %s' % (p, m.version(p)) for p in ('gunicorn', 'flask')))`;

/** What a program prints; undefined where it cannot be started, fails or is slow. */
async function said(program: string, words: readonly string[]): Promise<string | undefined> {
  return run(program, [...words], { timeout: VERSION_MS_MAX }).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}

const digestOf = (file: string) =>
  sha256(file).then(
    (sum) => `sha256:${sum}`,
    () => null,
  );
