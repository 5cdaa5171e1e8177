import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { EscalaError, languages } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { parseExperiment, readExperiment } from '../src/experiment/read.ts';

const around = (requests: string, more = '') =>
  `replicas: 1\nclients: 1\nmessages: 1\nsystems:\n  - name: shop\n    command: [shop]${more}\n    requests:\n      - ${requests}\n`;

/** The problems of an experiment whose one request is `request`, with `files` beside it. */
async function problemsOf(
  context: TestContext,
  request: string,
  files: Record<string, string> = {},
  more = '',
) {
  const folder = temporaryFolder(context);
  const file = join(folder, 'study.yaml');
  for (const [name, text] of Object.entries({ ...files, 'study.yaml': around(request, more) }))
    writeFileSync(join(folder, name), text);
  const error = await readExperiment(file).then(
    () => assert.fail('nothing was found'),
    (cause) => cause,
  );
  assert.ok(error instanceof EscalaError, String(error));
  assert.equal(error.code, 'EXPERIMENT_INVALID');
  for (const language of languages)
    assert.doesNotMatch(error.explain(language), /undefined|\{(where|file|place)\}/);
  return String((error.values['detail'] as { en: string }).en).replaceAll(`${folder}/`, '');
}

const csv = { 'items.csv': 'id,name\n1,"a"\n2,b\n' };

const wrong: readonly (readonly [string, string, Record<string, string>, RegExp])[] = [
  [
    'a secret in plain text',
    '{ path: /x, headers: { Authorization: "Bearer x" } }',
    {},
    /systems\.0\.requests\.0: "Authorization" of a request would lie in the run folder; give it as \{env: NAME\}/,
  ],
  [
    'a column that is not there',
    '{ path: "/{ids}", values: items.csv }',
    csv,
    /^study\.yaml:8:11: systems\.0\.requests\.0\.path: \{ids\}: items\.csv has no such column; did you mean "?\{id\}"?\? \(it has id, name\)/,
  ],
  [
    'a place without values',
    '{ path: "/{id}" }',
    {},
    /requests\.0\.path: \{id\} takes a cell, and no "values"/,
  ],
  [
    'a brace that is not closed',
    '{ path: "/x/{id", values: items.csv }',
    csv,
    /requests\.0\.path: a brace that belongs to no place/,
  ],
  ['values that nothing takes', '{ path: /x, values: items.csv }', csv, /values: no place such as \{id\}/],
  [
    'values that are not there',
    '{ path: "/{id}", values: item.csv }',
    csv,
    /values: item\.csv cannot be read: .*ENOENT/,
  ],
  [
    'a quote that never ends',
    '{ path: "/{id}", values: items.csv }',
    { 'items.csv': 'id\n1\n"2\n3\n' },
    /items\.csv:3: a quote is opened in this row and never closed/,
  ],
  [
    'a quote within a cell',
    '{ path: "/{id}", values: items.csv }',
    { 'items.csv': 'id\n1"\n' },
    /items\.csv:2: a quote stands in the middle/,
  ],
  [
    'a row with another length',
    '{ path: "/{id}", values: items.csv }',
    { 'items.csv': 'id,name\n1,a\n2\n' },
    /items\.csv:3: the row has 1 cell, and the header 2/,
  ],
  [
    'a header alone',
    '{ path: "/{id}", values: items.csv }',
    { 'items.csv': 'id\n' },
    /items\.csv has no rows/,
  ],
  [
    'two columns of one name',
    '{ path: "/{id}", values: items.csv }',
    { 'items.csv': 'id,id\n1,2\n' },
    /items\.csv:1: two columns are called id/,
  ],
  [
    'a body file that is empty',
    '{ path: /x, body: order.json }',
    { 'order.json': '\n' },
    /body: order\.json is empty/,
  ],
  [
    'a body file that is not there',
    '{ path: /x, body: order.json }',
    {},
    /body: order\.json cannot be read: .*\{ text: … \}/,
  ],
  [
    'a line that is not JSON',
    '{ path: /x, body: o.ndjson }',
    { 'o.ndjson': '{"a":1}\n{"a":\n' },
    /body: o\.ndjson:2: this is not JSON/,
  ],
  [
    'a body over the limit',
    '{ path: /x, body: big.bin }',
    { 'big.bin': 'x'.repeat(8 * 2 ** 20 + 1) },
    /body: big\.bin holds a body of .*; a body has at most 8/,
  ],
  [
    'a row that makes no JSON',
    `{ path: /x, body: '{"n": {name}}', values: items.csv }`,
    csv,
    /body: items\.csv:2: with the cells of this row the body is no JSON/,
  ],
  [
    'a field of the client',
    '{ path: /x, headers: { content-length: "3" } }',
    {},
    /headers: content-length: must be/,
  ],
  [
    'a line break in a header',
    '{ path: /x, headers: { x-a: "{id}" }, values: items.csv }',
    { 'items.csv': 'id\n"1\n2"\n' },
    /values: items\.csv:3: \{id\} goes into a header/,
  ],
  ['a status that is none', '{ path: /x, expect: [20] }', {}, /expect.*must be a status such as 201/],
  [
    'an unknown key',
    '{ path: /x, weigth: 2 }',
    {},
    /unknown key; did you mean "weight"\? \(allowed: name, weight, method/,
  ],
  ['a relative path', '{ path: x }', {}, /path: must be a path that begins with "\/"/],
];

for (const [what, request, files, says] of wrong) {
  test(`before anything starts, ${what} is told with its place`, async (context) => {
    assert.match(await problemsOf(context, request, files), says);
  });
}

test('requests contradict a ledger, a path, and names that are the same', () => {
  const says = (text: string) => {
    try {
      parseExperiment(text, 'study.yaml');
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };
  assert.match(
    says(around('{ path: /x }', '\n    ledger: api')),
    /systems\.0\.ledger: "requests" leave no row/,
  );
  assert.match(
    says(around('{ path: /x }', '\n    path: /y\n    ledger: none')),
    /systems\.0\.path: "path" and "requests"/,
  );
  assert.match(says(around('{ path: /x }\n      - { path: /x }')), /requests: must have names that differ/);
  assert.equal(says(around('{ path: /x }')), '');
});

test('a cell is encoded for its place, and a doubled brace is one of the text', async (context) => {
  const folder = temporaryFolder(context);
  const file = join(folder, 'study.yaml');
  writeFileSync(join(folder, 'v.csv'), '\uFEFFa\n"é ""/&"\n');
  const of = async (request: string) => {
    writeFileSync(file, around(request));
    const planned = (await readExperiment(file)).requests['shop']?.[0];
    assert.ok(planned);
    const fill = (template: readonly (string | number)[] = []) =>
      Buffer.from(
        template.map((part) => (typeof part === 'string' ? part : planned.columns[part]?.[0])).join(''),
        'latin1',
      ).toString();
    return {
      path: fill(planned.path),
      body: fill(planned.bodies[0]),
      headers: planned.headers.map(fill),
      method: planned.method,
    };
  };
  const json = await of(
    `{ path: "/p/{a}/ü?x={a}", query: { "k ": "{a}" }, body: '{"a": "{a}", "b": "{{a}}"}', values: v.csv }`,
  );
  assert.equal(json.path, '/p/%C3%A9%20%22%2F%26/%C3%BC?x=%C3%A9%20%22%2F%26&k%20=%C3%A9%20%22%2F%26');
  assert.deepEqual(JSON.parse(json.body), { a: 'é "/&', b: '{a}' });
  assert.deepEqual([json.method, json.headers], ['POST', ['content-type: application/json']]);
  const form = await of(
    `{ path: /x, body: 'a={a}', headers: { Content-Type: application/x-www-form-urlencoded }, values: v.csv }`,
  );
  assert.equal(form.body, 'a=%C3%A9%20%22%2F%26');
  const plain = await of(
    '{ path: /x, method: PUT, body: "dear {a}", values: v.csv, headers: { x-a: "{a}" } }',
  );
  assert.equal(plain.body, 'dear é "/&');
  assert.deepEqual(plain.headers, ['x-a: é "/&', 'content-type: text/plain; charset=utf-8']);
});
