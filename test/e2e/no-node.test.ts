import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { temporaryFolder } from '../temporary-folder.ts';
import { projectFolder } from './escala.ts';

test('without any Node one sentence says what to do, in both languages', (t) => {
  const folder = temporaryFolder(t);
  const [program, tools] = [join(folder, 'bin/escala'), join(folder, 'tools')];
  for (const name of ['bin', 'tools']) mkdirSync(join(folder, name));
  copyFileSync(join(projectFolder, 'bin/escala'), program);
  const dirname = execFileSync('sh', ['-c', 'command -v dirname'], { encoding: 'utf8' }).trim();
  symlinkSync(dirname, join(tools, 'dirname'));
  for (const [language, says] of [
    ['C', /^escala: no Node was found; .*npm ci\n$/],
    ['pt_BR.UTF-8', /^escala: nenhum Node foi encontrado; .*npm ci\n$/],
  ] as const) {
    const { status, stderr } = spawnSync('/bin/sh', [program, 'run'], {
      encoding: 'utf8',
      env: { PATH: tools, LANG: language },
    });
    assert.equal(status, 4);
    assert.match(stderr, says);
  }
});
