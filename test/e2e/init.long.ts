import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { languages } from '@escala/model';
import { temporaryFolder } from '../temporary-folder.ts';
import { escala } from './escala.ts';

for (const language of languages) {
  test(`the experiment of init runs as it is, in ${language}`, async (context) => {
    const folder = temporaryFolder(context);
    const [file, run] = [join(folder, 'mine.yaml'), join(folder, 'run')];
    await escala('init', file, '--lang', language);
    const ended = await escala('run', file, '--out', run);
    assert.equal(ended.code, 0, ended.stderr);
    assert.ok(existsSync(join(run, 'report.html')));
  });
}
