import { readFileSync } from 'node:fs';

/** The text of a file in which the system tells of itself, such as those of /proc; undefined where there is none. */
export function systemText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
