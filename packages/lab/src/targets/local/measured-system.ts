import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type MeasuredSystem, type OwnSystem, projectFolder, type System, version } from '@escala/model';
import { sha256 } from '@escala/model/study';
import type { Launch } from './systems.ts';

const run = promisify(execFile);

/** A program that is asked for its version answers at once, or it is left alone. */
const VERSION_MS_MAX = 5_000;
const VERSION_CHARACTERS = 80;

/** Programs that run other programs and are asked for their own version. Any other program is never started to ask. */
const runtimes = /^(node|deno|bun|python[\d.]*|gunicorn|uvicorn|ruby|php|dotnet)$/;

/** What a reader must know to measure the same system again. What nothing tells is null. */
export async function measuredSystem(system: System, launch: Launch): Promise<MeasuredSystem> {
  const { name } = system;
  const command = system.command ?? launch.command;
  const file = programFile(command);
  return {
    name,
    version: system.command ? null : version,
    ...(await sourceOf(system.command ? file && dirname(file) : projectFolder)),
    digest: system.command && file ? await digestOf(file) : null,
    runtime: await runtimeOf(name, launch.command, command),
  };
}

/** The last word of a command that is a file: `node server.js`, `java -jar app.jar`, `./server`. */
function programFile(command: readonly string[]): string | undefined {
  return command
    .map((word) => resolve(word))
    .findLast((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
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
  go: async (server) => (await said('go', ['version', server]))?.split(': ').at(-1),
};

async function runtimeOf(
  name: string,
  [program = '']: readonly string[],
  [given = '']: readonly string[],
): Promise<string | null> {
  const found = program === given ? await ownRuntimes[name as OwnSystem]?.(program) : undefined;
  if (found) return found;
  if (!runtimes.test(basename(given))) return null;
  const first = (await said(given, ['--version']))?.split('\n')[0]?.slice(0, VERSION_CHARACTERS);
  if (!first) return null;
  // Node and others print the bare number.
  return /^v?[\d.]+$/.test(first) ? `${basename(given)} ${first}` : first;
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
