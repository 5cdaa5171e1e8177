// Writes the reference pages that have a source in code. `npm run generate` writes them; a test holds them fresh.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { experimentJsonSchema } from '@escala/lab';
import { resultsJsonSchema } from '@escala/model/study';
import { auditsPage } from './pages/audits.ts';
import { columnsPage } from './pages/columns.ts';
import { commandsPage } from './pages/commands.ts';
import { eventsPage } from './pages/events.ts';
import { experimentPage } from './pages/experiment.ts';
import { figuresPage } from './pages/figures.ts';
import { exitCodesPage, problemsPage } from './pages/problems.ts';
import { programsPage } from './pages/programs.ts';

/** The generated pages: name in docs/reference, and text. */
export function referencePages(): Record<string, string> {
  return {
    'audits.md': auditsPage(),
    'columns.md': columnsPage(),
    'commands.md': commandsPage(),
    'events.md': eventsPage(),
    'exit-codes.md': exitCodesPage(),
    'experiment.md': experimentPage(),
    'figures.md': figuresPage(),
    'problems.md': problemsPage(),
    'programs.md': programsPage(),
    'experiment.schema.json': `${JSON.stringify(experimentJsonSchema(), null, 2)}\n`,
    'results.schema.json': `${JSON.stringify(resultsJsonSchema(), null, 2)}\n`,
  };
}

if (import.meta.main) {
  const reference = join(import.meta.dirname, 'reference');
  mkdirSync(reference, { recursive: true });
  for (const [name, text] of Object.entries(referencePages())) writeFileSync(join(reference, name), text);
}
