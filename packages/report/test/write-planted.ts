// Writes the committed example again: node packages/report/test/write-planted.ts
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plantedResults } from './planted/planted-results.ts';
import { smallStudy } from './temporary-run.ts';

const folder = join(import.meta.dirname, '../../../test/data/results');
const results = plantedResults({ ...smallStudy, clients: [10, 100], rounds: 2, systems: ['node', 'go'] });
writeFileSync(join(folder, 'planted-small.json'), `${JSON.stringify(results)}\n`);
