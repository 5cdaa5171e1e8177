import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Results } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { type PlantedOptions, plantedResults } from './planted/planted-results.ts';

/** A small study: quick to draw, with everything that a large one has. */
export const smallStudy: PlantedOptions = {
  replicas: [1, 2, 4],
  clients: [10, 50, 100],
  messages: [1, 100],
  rounds: 3,
  suspectEvery: 7,
  invalidEvery: 20,
};

/** A run folder that holds only these results, and goes away with the test. */
export async function temporaryRun(t: TestContext, results: unknown): Promise<string> {
  const folder = temporaryFolder(t);
  await writeFile(join(folder, 'results.json'), JSON.stringify(results));
  return folder;
}

type Writable<T> = T extends object ? { -readonly [Key in keyof T]: Writable<T[Key]> } : T;

/** The small study with something changed, as plain data. */
export function changedResults(
  change: (results: Writable<Results>) => unknown,
  options = smallStudy,
): Results {
  const results = JSON.parse(JSON.stringify(plantedResults(options)));
  change(results);
  return results;
}
