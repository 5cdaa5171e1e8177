import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  EscalaError,
  fillEach,
  type OwnSystem,
  projectFolder,
  type Sentence,
  type System,
  sentences,
} from '@escala/model';

const texts = sentences.lab.systems;

const run = promisify(execFile);

/** How much of what a tool said goes into an error. */
const TOOL_SAID_CHARACTERS = 600;

/** How one replica of a system is started. `portGiven`: the lab picks the port and sets PORT. */
export interface Launch {
  readonly command: readonly string[];
  readonly folder: string;
  readonly portGiven: boolean;
}

/** How each of our own is made ready, once; what takes a while is kept in `.cache`. */
const preparations: Readonly<Record<OwnSystem, () => Promise<Launch>>> = {
  node: async () => ({
    command: [process.execPath, join(projectFolder, 'server/src/main.ts')],
    folder: projectFolder,
    portGiven: false,
  }),
  python: preparePython,
  go: prepareGo,
};

/**
 * Runs the user's own command. It knows nothing of our standard input, at whose end our programs end: beside it waits a
 * process that then tells the whole group, so that nothing is left where the lab was killed.
 */
const endingWithStdin = `exec 3<&0
( (cat <&3; kill 0) >/dev/null 2>&1 & )
exec "$@" 3<&-`;

/** @throws EscalaError SYSTEM_MISSING, with what is missing on this machine. */
export async function prepareSystem(system: System): Promise<Launch> {
  if (system.command) {
    const command = ['sh', '-c', endingWithStdin, 'sh', ...system.command];
    return { command, folder: process.cwd(), portGiven: true };
  }
  if (isOwn(system.name)) return preparations[system.name]();
  throw missing(system.name, texts.itHasNoCommand);
}

function isOwn(name: string): name is OwnSystem {
  return Object.hasOwn(preparations, name);
}

async function preparePython(): Promise<Launch> {
  const source = join(projectFolder, 'server-python');
  const requirements = join(source, 'requirements.txt');
  const environment = await cached('python', [requirements], async (folder) => {
    await tool('python', 'python3', ['-m', 'venv', folder]);
    await tool('python', join(folder, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
  });
  const gunicorn = join(environment, 'bin/gunicorn');
  return {
    command: [gunicorn, '--config', join(source, 'gunicorn.conf.py')],
    folder: source,
    portGiven: false,
  };
}

async function prepareGo(): Promise<Launch> {
  const source = join(projectFolder, 'server-go');
  const sources = (await readdir(source)).filter((name) => /\.(go|mod)$/.test(name)).sort();
  const folder = await cached(
    'go',
    sources.map((name) => join(source, name)),
    async (out) => {
      await mkdir(out);
      await tool('go', 'go', ['build', '-o', join(out, 'server-go'), '.'], source);
    },
  );
  return { command: [join(folder, 'server-go')], folder: source, portGiven: false };
}

async function tool(system: string, program: string, words: readonly string[], cwd?: string): Promise<void> {
  try {
    await run(program, [...words], { ...(cwd && { cwd }) });
  } catch (cause) {
    const { code, stderr, message } = cause as NodeJS.ErrnoException & { stderr?: string };
    const notInstalled = fillEach(texts.isNotInstalled, { program });
    const said = (stderr || message).trim().slice(-TOOL_SAID_CHARACTERS);
    throw missing(system, code === 'ENOENT' ? notInstalled : said, cause);
  }
}

function missing(system: string, detail: string | Sentence, cause?: unknown): EscalaError {
  return new EscalaError('SYSTEM_MISSING', { system, detail }, { cause });
}

/** The folder `.cache/<name>-<hash of sources>`, made by `build` where it is not there; half a build is none. */
export async function cached(
  name: string,
  sources: readonly string[],
  build: (folder: string) => Promise<void>,
): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) hash.update(await readFile(source));
  const folder = join(projectFolder, '.cache', `${name}-${hash.digest('hex').slice(0, 12)}`);
  const done = join(folder, '.done');
  if (existsSync(done)) return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(projectFolder, '.cache'), { recursive: true });
  await build(folder);
  await mkdir(`${done}.part`);
  await rename(`${done}.part`, done);
  return folder;
}
