import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '@escala/model';

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
