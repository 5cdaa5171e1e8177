import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EscalaError, type Language, type Sentence } from '@escala/model';
import { array, assert as check, constantFrom, oneof, property, string } from 'fast-check';
import type { ErrorCode } from 'yaml';
import { experimentSchema } from '../src/experiment/schema.ts';
import { syntax } from '../src/experiment/words.ts';
import { parseExperiment } from '../src/index.ts';

/** The lines that name what is wrong with `text`. */
function problemsOf(text: string, language: Language = 'en'): string[] {
  try {
    parseExperiment(text, 'study.yaml');
  } catch (error) {
    assert.ok(error instanceof EscalaError);
    assert.equal(error.code, 'EXPERIMENT_INVALID');
    assert.equal(error.exit, 3);
    return (error.values['detail'] as Sentence)[language].split('\n');
  }
  return [];
}

test('a file with the three factors is an experiment; everything else has a default', () => {
  const experiment = parseExperiment('replicas: [1, 2]\nclients: 5\nmessages: 10', 'study.yaml');
  assert.deepEqual(experiment.clients, [5]);
  assert.deepEqual(experiment.systems, [{ name: 'node', ledger: 'api' }]);
  assert.equal(experiment.durability, 'sync');
  assert.equal(experiment.timeoutUs, 10_000_000);
});

test('an unknown key is named with its place and the nearest known one', () => {
  const [line] = problemsOf('replicas: 1\nclients: 1\nmesages: 10\nmessages: 1');
  assert.match(
    line ?? '',
    /^study\.yaml:3:1: mesages: unknown key; did you mean "messages"\? \(allowed: name, systems/,
  );
});

test('an unknown key inside a mapping is compared with that mapping', () => {
  const [line] = problemsOf('replicas: 1\nclients: 1\nmessages: 1\nservice: { time: 1ms, paralelism: 2 }');
  assert.match(
    line ?? '',
    /^study\.yaml:4:23: service\.paralelism: unknown key; did you mean "parallelism"\? \(allowed: time, parallelism, kind\)/,
  );
});

test('everything that is wrong is said at once', () => {
  const lines = problemsOf('replicas: [0]\nclients: many\nservice: { time: soon }\nrounds: 1.5\nseeds: 3');
  const keys = lines.map((line) => line.split(': ')[1]);
  assert.deepEqual(
    new Set(keys),
    new Set(['replicas.0', 'clients', 'messages', 'service.time', 'rounds', 'seeds']),
  );
});

test('what contradicts itself is said beside what is wrong by itself', () => {
  const keysOf = (text: string) => problemsOf(text).map((line) => line.split(': ')[1]);
  const faults = 'faults: [{ at: 1s, kind: scale }]';
  assert.deepEqual(keysOf(`replicas: 1\nmessages: 1\nsystems: [nod]\nrounds: 0\nseeds: 1\n${faults}`), [
    'clients',
    'systems.0',
    'rounds',
    'seeds',
    'faults.0',
  ]);
  // With levels of clients that nobody can read, whether they fit an open loop is not known either.
  assert.deepEqual(keysOf('replicas: 1\nclients: [a, b]\nmessages: 1\nrate: 5'), ['clients.0', 'clients.1']);
  for (const text of ['- replicas', 'null', 'text', '__proto__: 1']) assert.ok(keysOf(text).length > 0);
});

test('a missing key says what it takes', () => {
  assert.match(problemsOf('clients: 1\nmessages: 1')[0] ?? '', /replicas: (is missing|must be)/);
});

test('text that is no YAML is told with line and column', () => {
  assert.match(problemsOf('replicas: [1, 2\nclients: 1')[0] ?? '', /^study\.yaml:\d+:\d+: /);
});

test('factors that contradict each other are told', () => {
  const text = 'replicas: 1\nclients: [1, 2]\nmessages: 1\nrate: 100\nsystems: [node, node]';
  const keys = problemsOf(text).map((line) => line.split(': ')[1]);
  assert.deepEqual(keys, ['rate', 'systems']);
});

test('a path without ledger: none is refused, since its answers leave no row', () => {
  const study = (ledger: string) =>
    `replicas: 1\nclients: 1\nmessages: 1\nsystems:\n  - { name: mine, command: [mine], path: /x${ledger} }`;
  assert.match(problemsOf(study('')).join('\n'), /systems\.0: "path" .*set "ledger: none"/);
  assert.match(problemsOf(study(', ledger: api')).join('\n'), /systems\.0: "path"/);
  assert.deepEqual(problemsOf(study(', ledger: none')), []);
});

test('a level that is given twice is refused', () => {
  assert.match(
    problemsOf('replicas: [2, 2]\nclients: 1\nmessages: 1')[0] ?? '',
    /replicas: must be levels that differ/,
  );
});

const factors = 'replicas: 1\nclients: 1\nmessages: 1\n';

test('problems come in the order of the file, in the language of the reader', () => {
  const text = `${factors}rounds: 1001\nseed: -1\npayload: 5\nservice: { time: 1 }\n`;
  assert.deepEqual(problemsOf(text), [
    'study.yaml:4:1: rounds: must be at most 1,000',
    'study.yaml:5:1: seed: must be at least 0',
    'study.yaml:6:1: payload: must be a size such as 256B, 64KiB, or a list',
    'study.yaml:7:12: service.time: must be a duration such as 500us, 1ms, 5s, 1m30s',
  ]);
  assert.deepEqual(problemsOf(text, 'pt-BR').slice(0, 2), [
    'study.yaml:4:1: rounds: deve ser no máximo 1.000',
    'study.yaml:5:1: seed: deve ser no mínimo 0',
  ]);
});

test('the keys that are allowed are listed once for several that are unknown', () => {
  const told = problemsOf(`${factors}round: 1\nsede: 1\n`);
  assert.deepEqual(
    told.map((line) => line.includes('(allowed: ')),
    [true, false],
  );
  assert.match(told[1] ?? '', /sede: unknown key; did you mean "seed"\?$/);
});

test('what takes no time at all, or more than everything, is refused', () => {
  for (const line of ['timeout: 0', 'duration: 0', 'slo: [{ p95: 0 }]', 'slo: [{ failures: 101% }]']) {
    assert.equal(problemsOf(`${factors}${line}`).length, 1, line);
  }
});

test('a system that is none of ours needs a command or an image', () => {
  assert.match(
    problemsOf(`${factors}systems: [nod]`)[0] ?? '',
    /:4:11: systems\.0: "nod" .*did you mean "node"\?/,
  );
  assert.equal(problemsOf(`${factors}systems: [{ name: mine }]`).length, 1);
  assert.deepEqual(problemsOf(`${factors}systems: [{ name: mine, command: [./mine] }]`), []);
});

test('a service that runs already is measured as it is, and nothing is asked of it that needs its servers', () => {
  const given = 'clients: 1\nmessages: 1\nsystems: [{ name: mine, url: "https://mine.test/api" }]\n';
  const { asIs, replicas, systems } = parseExperiment(`${given}replicas: as-is`, 'study.yaml');
  assert.deepEqual({ asIs, replicas }, { asIs: true, replicas: [1] });
  assert.deepEqual(systems, [{ name: 'mine', ledger: 'none', url: 'https://mine.test/api' }]);
  assert.deepEqual(problemsOf(`${given}replicas: 3`), []);
  const wrong = {
    'replicas: [1, 2]': /the replicas of a "url" are not set here/,
    'replicas: 1\nfaults: [{ at: 0, kind: kill-replica }]':
      /a fault is done to servers that are started here/,
  };
  for (const [lines, expected] of Object.entries(wrong)) {
    const [line, ...others] = problemsOf(given + lines);
    assert.match(line ?? '', expected);
    assert.deepEqual(others, []);
  }
  const odd = {
    'name: mine, url: "http://a.test", command: [./mine]': /comes from one of .*has command, url/,
    'name: mine, url: "http://a.test", ledger: api': /leave "ledger" out/,
    'name: mine, url: "http://a.test", environment: { A: b }': /"environment" does not reach it/,
    'name: mine, url: "http://me:secret@a.test"': /without user, password/,
    'name: mine, url: "http://a.test/?token=secret"': /without user, password/,
    'name: node': /"replicas: as-is" is for a "url"/,
  };
  for (const [system, expected] of Object.entries(odd)) {
    const lines = problemsOf(`replicas: as-is\nclients: 1\nmessages: 1\nsystems: [{ ${system} }]`);
    assert.match(lines.join(), expected);
    assert.doesNotMatch(lines.join(), /secret/);
  }
});

test('images by a registry or a command need to know which', () => {
  assert.match(
    problemsOf(`${factors}kubernetes: { images: push }`)[0] ?? '',
    /images: push needs "registry"/,
  );
  assert.deepEqual(problemsOf(`${factors}kubernetes: { images: push, registry: example.org/team }`), []);
});

test('aliases that would fill the memory are a problem of the file', () => {
  const bomb = ['a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]', 'b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]'];
  assert.match(
    problemsOf([...bomb, 'c: [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]'].join('\n'))[0] ?? '',
    /aliases/,
  );
});

test('any text is an experiment or a list of problems', async () => {
  const piece = constantFrom(
    'replicas',
    'clients',
    ': ',
    '1',
    '[',
    ']',
    '{',
    '}',
    ', ',
    '\n',
    '- ',
    '&a ',
    '*a',
    '? ',
    '"',
  );
  const text = oneof(
    string(),
    array(piece).map((pieces) => pieces.join('')),
    string().map((end) => factors + end),
  );
  await check(property(text, (given) => void problemsOf(given)));
});

/** A library's sentence: zod's "Invalid …", "Too big", "expected …", or the parser's "All …", "… must be", "at line". */
const OF_A_LIBRARY =
  /Invalid |Too (big|small)|expected |Unrecognized|received|at line|flow (map|collection)|regex|pattern/;

test('a share with a decimal comma is refused in our words, in both languages', () => {
  const text = 'replicas: 1\nclients: 1\nmessages: 1\nslo: [{ failures: "0,1%" }]';
  assert.match(
    problemsOf(text)[0] ?? '',
    /slo\.0\.failures: must be a share from 0 to 1, such as 0\.01 or 1%$/,
  );
  assert.match(problemsOf(text, 'pt-BR')[0] ?? '', /deve ser uma fração de 0 a 1, como 0\.01 ou 1%$/);
});

test('no value of any key is refused in the words of a library', () => {
  const scalars = ['"0,1%"', '-1', '1e99', '.nan', '1.5', '~', 'true', '2020-01-01', '!!binary "aGk="'];
  const lists = ['[]', '[1, x]', '[[1]]', '[~]', '[1, 1]', '[{}]', '[{ failures: 2 }]', '[{ p95: 5 }]'];
  const own = [
    '[{ name: A }]',
    '[{ name: x, command: [] }]',
    '[{ name: x, command: [1] }]',
    '[{ at: x, kind: y }]',
  ];
  const mappings = ['{}', '{ a: 1 }', '{ time: x }', '{ resources: { cpu: x } }', '{ clientsPerPod: 0 }'];
  let refused = 0;
  for (const key of Object.keys(experimentSchema.shape)) {
    for (const value of [...scalars, ...lists, ...own, ...mappings]) {
      const others = ['replicas', 'clients', 'messages']
        .filter((name) => name !== key)
        .map((name) => `${name}: 1\n`);
      for (const line of problemsOf(`${others.join('')}${key}: ${value}\n`)) {
        refused++;
        assert.doesNotMatch(line, OF_A_LIBRARY);
        assert.doesNotMatch(line, /another value/, 'a sentence for what is allowed here is missing');
      }
    }
  }
  assert.ok(refused > 100);
});

test('files of secrets and certificates lie beside the experiment', () => {
  const url = 'url: "https://127.0.0.1", headers: { authorization: { file: token } }';
  const system = `{ name: a, ${url}, tls: { ca: ca.pem, key: /etc/me.key, cert: ../me.pem } }`;
  const [read] = parseExperiment(
    `systems: [${system}]\nreplicas: as-is\nclients: 1\nmessages: 1\n`,
    'studies/shop/experiment.yaml',
  ).systems;
  assert.deepEqual(read?.headers, [{ name: 'authorization', file: 'studies/shop/token' }]);
  const { ca, key, cert } = read?.tls ?? {};
  assert.deepEqual([ca, key, cert], ['studies/shop/ca.pem', '/etc/me.key', 'studies/me.pem']);
});

const wrongYaml: Partial<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'a: &x 1\nb: &y *x\n',
  BAD_ALIAS: 'a: *x\n',
  BAD_DQ_ESCAPE: 'a: "\\q"\n',
  BAD_INDENT: 'a: [\n1]\n',
  BAD_SCALAR_START: 'a: @x\n',
  BLOCK_AS_IMPLICIT_KEY: 'a: b: c\n',
  BLOCK_IN_FLOW: 'a: [\n  - x\n  ]\n',
  DUPLICATE_KEY: 'a: 1\na: 2\n',
  MISSING_CHAR: 'a: "x\n',
  MULTILINE_IMPLICIT_KEY: 'a\nb: 1\nc\n',
  MULTIPLE_ANCHORS: 'a: &x &y 1\n',
  MULTIPLE_DOCS: 'a: 1\n---\nb: 1\n',
  MULTIPLE_TAGS: 'a: !x !y 1\n',
  TAB_AS_INDENT: 'a:\n\tb: 1\n',
  UNEXPECTED_TOKEN: 'a: 1\n]\n',
};
for (const [code, text] of Object.entries(wrongYaml)) {
  test(`YAML that is wrong by ${code} is refused in our words`, () => {
    const said = problemsOf(text, 'pt-BR').map((line) =>
      line.replace(/^study\.yaml:\d+:\d+: o arquivo: /, ''),
    );
    assert.ok(said.includes(syntax[code as ErrorCode]['pt-BR']), said.join('\n'));
    for (const line of said) assert.doesNotMatch(line, OF_A_LIBRARY);
  });
}
