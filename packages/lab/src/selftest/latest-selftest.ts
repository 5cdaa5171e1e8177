import { mkdir, readFile } from 'node:fs/promises';
import { cpus, homedir } from 'node:os';
import { join } from 'node:path';
import { type SelftestResult, writeProblem, writeWhole } from '@escala/model';

/** The self-test of this machine that studies carry: what was measured on another processor says nothing here. */
interface Kept {
  readonly version: 1;
  readonly machine: string;
  readonly result: SelftestResult;
}

/**
 * Keeps a result as the latest one of this machine, in the user's cache folder (XDG).
 * @throws EscalaError FOLDER_UNWRITABLE, DISK_FULL.
 */
export async function keepSelftest(result: SelftestResult, environment: NodeJS.ProcessEnv): Promise<void> {
  const { folder, file } = place(environment);
  const kept: Kept = { version: 1, machine: machine(), result };
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw writeProblem(cause, file);
  }
  await writeWhole(file, JSON.stringify(kept));
}

/** The latest result of this machine; undefined where there is none. */
export async function latestSelftest(environment: NodeJS.ProcessEnv): Promise<SelftestResult | undefined> {
  try {
    const kept = JSON.parse(await readFile(place(environment).file, 'utf8')) as Kept;
    return kept.version === 1 && kept.machine === machine() ? kept.result : undefined;
  } catch {
    // There is none, or it is no longer readable: `escala selftest` makes a new one.
    return undefined;
  }
}

function place(environment: NodeJS.ProcessEnv): { folder: string; file: string } {
  const folder = join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'escala');
  return { folder, file: join(folder, 'selftest.json') };
}

/** What decides how fast the client is: the processor, its cores, and the version of Node. */
function machine(): string {
  const cores = cpus();
  return `${cores[0]?.model ?? 'unknown'} × ${cores.length}, ${process.version}`;
}
