import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The context of a test; or `test` itself, for what a whole file has. */
export interface Owner {
  after(end: () => void): void;
}

/** A new folder that goes with its owner. */
export function temporaryFolder(owner: Owner): string {
  const folder = mkdtempSync(join(tmpdir(), 'escala-test-'));
  owner.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
