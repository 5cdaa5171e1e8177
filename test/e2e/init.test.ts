import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { experimentJsonSchema, parseExperiment } from '@escala/lab';
import { languages } from '@escala/model';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { temporaryFolder } from '../temporary-folder.ts';
import { escala, projectFolder } from './escala.ts';

for (const language of languages) {
  test(`escala init writes an experiment that editors can check, with comments in ${language}`, async (context) => {
    const file = join(temporaryFolder(context), 'mine.yaml');
    const written = await escala('init', file, '--lang', language);
    assert.deepEqual([written.code, written.stderr], [0, '']);
    assert.ok(written.stdout.includes(`npm start -- run ${file} --dry-run`));
    const text = readFileSync(file, 'utf8');
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
    const found = resolve(dirname(file), schema);
    assert.equal(found, join(projectFolder, 'docs/reference/experiment.schema.json'));
    const validate = new Ajv2020({ validateFormats: false, allowUnionTypes: true }).compile(
      JSON.parse(readFileSync(found, 'utf8')),
    );
    assert.ok(validate(parse(text)), JSON.stringify(validate.errors));
    assert.deepEqual(JSON.parse(readFileSync(found, 'utf8')), experimentJsonSchema());

    // What is commented out is an experiment too: a system of one's own, and an open loop.
    const own = text.replace(/^systems: .*$/m, '').replace(/^# (systems:| {2}-| {4})/gm, '$1');
    const open = own
      .replace(/^(clients|messages): \[(\d+).*$/gm, '$1: $2')
      .replace(/^# (rate|arrivals|duration):/gm, '$1:');
    const other = parse(open);
    assert.deepEqual([other.systems.length, other.systems[1].ledger, other.rate.length], [2, 'none', 3]);
    assert.ok(validate(other), JSON.stringify(validate.errors));

    const again = await escala('init', file, '--lang', language);
    assert.deepEqual([again.code, readFileSync(file, 'utf8')], [4, text], 'a file that is there stays');
    assert.match(again.stderr, /FILE_EXISTS/);
  });
}

test('init --from-curl writes what curl sends, and no secret', async (context) => {
  const file = join(temporaryFolder(context), 'curl.yaml');
  const line = `curl -sS -X POST 'http://127.0.0.1:8080/orders?dry=1' \\\n -H "Authorization: Bearer s3cr3t" -H 'Proxy-Authorization: Basic s3cr3t' -H 'X-Lang: pt "BR"' --json '{"item": 7}'`;
  for (const language of languages) {
    const written = await escala('init', `${file}.${language}`, '--from-curl', line, '--lang', language);
    assert.equal(written.code, 0, written.stderr);
    assert.match(written.stdout, /export AUTHORIZATION=/);
    assert.match(written.stdout, /export PROXY_AUTHORIZATION=/);
    const text = readFileSync(`${file}.${language}`, 'utf8');
    assert.doesNotMatch(text + written.stdout, /s3cr3t/);
    const [system] = parseExperiment(text, file).systems;
    assert.equal(system?.url, 'http://127.0.0.1:8080');
    assert.deepEqual(system?.requests, [
      {
        name: 'curl',
        weight: 1,
        method: 'POST',
        path: '/orders?dry=1',
        headers: { 'X-Lang': 'pt "BR"', 'content-type': 'application/json' },
        body: { text: '{"item": 7}' },
        expect: ['2xx'],
      },
    ]);
  }
  const unknown = await escala('init', file, '--from-curl', 'curl -u me:s3cr3t http://127.0.0.1/');
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /OPTION_INVALID: .*-u/);
  assert.doesNotMatch(unknown.stderr, /s3cr3t/);
});
