import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A new folder at which mount(8) has mounted what `words` say, until the test is over; undefined where this user may not. */
export function mountedDisk(t: TestContext, ...words: string[]): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'escala-disk-'));
  try {
    execFileSync('mount', [...words, folder], { stdio: 'ignore' });
  } catch {
    rmdirSync(folder);
    return undefined;
  }
  t.after(() => {
    execFileSync('umount', ['-l', folder]);
    rmdirSync(folder);
  });
  return folder;
}

/** The folder of a real disk with room for `bytes`; undefined where this user may not mount one. */
export function smallDisk(t: TestContext, bytes: number): string | undefined {
  return mountedDisk(t, '-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs');
}
