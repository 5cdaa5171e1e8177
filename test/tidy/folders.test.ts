// Rooms within rooms: folders that the eye takes in, arrows that run one way, and nothing that nobody uses.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { type Module, moduleOf, modulesIn, root, sourcePatterns } from './modules.ts';

const FILES_MAX = 15;

const sources = modulesIn(...sourcePatterns);
/** Programs beside the rooms, which take from them as the rooms do from each other. */
const programs = modulesIn('{bench,docs}/**/*.ts', 'bin/*.js');
const tests = modulesIn('{packages/*,server,client}/test/**/*.ts', 'test/**/*.ts');

interface PackageFile {
  readonly name: string;
  readonly exports?: string | Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}
const packages = globSync('{packages/*,server,client}/package.json', { cwd: root }).map((file) => ({
  folder: dirname(file),
  ...(JSON.parse(readFileSync(join(root, file), 'utf8')) as PackageFile),
}));

/** The file behind each name by which a room is imported. */
const entries = new Map(
  packages.flatMap(({ folder, name, exports = {} }) =>
    Object.entries(typeof exports === 'string' ? { '.': exports } : exports).map(
      ([path, file]) => [name + path.slice(1), join(folder, file)] as const,
    ),
  ),
);

/** Circles: groups of nodes each of which leads to all others (Tarjan). */
function circlesIn(edges: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const [order, low] = [new Map<string, number>(), new Map<string, number>()];
  const [stack, circles]: [string[], string[][]] = [[], []];
  const visit = (node: string) => {
    order.set(node, order.size);
    low.set(node, order.size - 1);
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(node) !== order.get(node)) return;
    const circle = stack.splice(stack.indexOf(node));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return circles;
}

const circlesOfFiles = (modules: readonly Module[]) =>
  circlesIn(new Map(modules.map(({ file, imports }) => [file, new Set(imports)])));

/** For each folder: which of its files and folders import which others of it, directly or further down. */
function circlesOfNeighbours(modules: readonly Module[]): string[][] {
  const edges = new Map<string, Map<string, Set<string>>>();
  for (const { file, imports } of modules) {
    for (const imported of imports.filter((name) => name.includes('/') && !name.startsWith('@'))) {
      const [from, to] = [file.split('/'), imported.split('/')];
      const depth = from.findIndex((part, i) => part !== to[i]);
      const [one, other] = [from, to].map((path) => path.slice(0, depth + 1).join('/'));
      if (depth < 0 || one === undefined || other === undefined) continue;
      const folder = from.slice(0, depth).join('/');
      const within = edges.get(folder) ?? new Map<string, Set<string>>();
      edges.set(folder, within);
      within.set(one, (within.get(one) ?? new Set()).add(other));
    }
  }
  return [...edges.values()].flatMap(circlesIn);
}

const modulesByFile = new Map([...sources, ...programs, ...tests].map((module) => [module.file, module]));

/** Whether a file hands a name of another file on, directly or through a third. */
function handsOn(file: string, name: string, from: string): boolean {
  return (modulesByFile.get(file)?.handsOn ?? []).some(
    (part) =>
      (part.names === '*' || part.names.includes(name)) &&
      (part.from === from || handsOn(part.from, name, from)),
  );
}

const mentions = (name: string, { code }: Module) => new RegExp(`\\b${name}\\b`).test(code);

/** Whether a file imports another, itself or by the name of its room, and says one of its names. */
function uses(user: Module, name: string, file: string): boolean {
  if (user.file === file || !mentions(name, user)) return false;
  return user.imports
    .map((imported) => entries.get(imported) ?? imported)
    .some((target) => target === file || handsOn(target, name, file));
}

const isUsed = (users: readonly Module[], name: string, file: string) =>
  users.some((user) => uses(user, name, file));

test(`no folder has more than ${FILES_MAX} files beside its folders`, () => {
  const byFolder = Map.groupBy(sources, ({ file }) => dirname(file));
  const full = [...byFolder].filter(([, files]) => files.length > FILES_MAX);
  assert.deepEqual(
    full.map(([folder, files]) => `${folder}: ${files.length}`),
    [],
  );
});

test('no files import each other in a circle, types included', () => {
  assert.ok(sources.length > 300, `${sources.length}`);
  assert.deepEqual(circlesOfFiles(sources), []);
});

test('folders and files of one folder import each other one way, types included', () => {
  assert.deepEqual(circlesOfNeighbours(sources), []);
});

test('every export is used by another file, or tested and used by its own', () => {
  const users = [...sources, ...programs];
  const idle = sources.flatMap(({ file, code, exports }) =>
    exports
      .filter((name) => !isUsed(users, name, file))
      .filter((name) => !isUsed(tests, name, file) || code.split(new RegExp(`\\b${name}\\b`)).length < 3)
      .map((name) => `${file}: ${name}`),
  );
  assert.deepEqual(idle, []);
});

test('every name that a room hands on is taken from it', () => {
  const idle = sources.flatMap(({ file, handsOn }) =>
    handsOn
      .flatMap(({ names }) => (names === '*' ? [] : names))
      .filter((name) => ![...modulesByFile.values()].some((user) => uses(user, name, file)))
      .map((name) => `${file}: ${name}`),
  );
  assert.deepEqual(idle, []);
});

test('every dependency of a package is imported by it, or by what it takes from another of ours', () => {
  const peers = (name: string) =>
    Object.keys(packages.find((one) => one.name === name)?.peerDependencies ?? {});
  const idle = packages.flatMap(({ folder, name, dependencies = {} }) => {
    const taken = sources
      .filter(({ file }) => file.startsWith(`${folder}/`))
      .flatMap(({ imports }) => imports.map((imported) => /^(@[^/]+\/)?[^/]+/.exec(imported)?.[0] ?? ''));
    const needed = new Set([...taken, ...taken.flatMap(peers)]);
    return Object.keys(dependencies).flatMap((one) => (needed.has(one) ? [] : [`${name}: ${one}`]));
  });
  assert.deepEqual(idle, []);
});

test('these searches find what is planted', () => {
  const planted = (file: string, text: string) => moduleOf(file, text);
  const circle = [
    planted('a/one.ts', "import type { B } from './b/two.ts';"),
    planted('a/b/two.ts', "export { c } from '../three.ts';"),
    planted('a/three.ts', "const one = await import('./one.ts');"),
    planted('a/four.ts', "import { one } from './one.ts'; // import './five.ts'"),
  ];
  assert.deepEqual(circlesOfFiles(circle), [['a/b/two.ts', 'a/one.ts', 'a/three.ts']]);
  assert.deepEqual(circlesOfNeighbours(circle), [['a/b', 'a/one.ts', 'a/three.ts']]);
  const folders = [
    planted('a/b/one.ts', "import { x } from '../c/two.ts';"),
    planted('a/c/three.ts', "import { y } from '../b/four.ts';"),
  ];
  assert.deepEqual(circlesOfFiles(folders), []);
  assert.deepEqual(circlesOfNeighbours(folders), [['a/b', 'a/c']]);
  const { exports } = planted('a.ts', 'export const { b: c, d } = e;\nexport async function f() {}\n');
  assert.deepEqual(exports, ['c', 'd', 'f']);
});
