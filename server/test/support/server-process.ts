import { join } from 'node:path';
import { type Started, start } from '../../../test/conformance/start.ts';

const program = join(import.meta.dirname, '../../src/main.ts');

/** The real program as a person starts it, on a free port. */
export function startServerProcess(environment: Record<string, string>): Promise<Started> {
  return start([process.execPath, program], { END_WITH_STDIN: 'false', ...environment });
}
