// The modules of the house as they stand in the files: who imports whom, and what each exports.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** One file: what it imports (paths of ours, or names of packages), and the names that it exports. */
export interface Module {
  readonly file: string;
  /** Without comments, and without what it only hands on. */
  readonly code: string;
  /** Types included. */
  readonly imports: readonly string[];
  readonly exports: readonly string[];
  /** What it hands on from other modules: names, or `*`. */
  readonly handsOn: readonly { readonly from: string; readonly names: readonly string[] | '*' }[];
}

const specifier =
  /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s*|\bresolve\s*\(\s*|\bnew URL\s*\(\s*)'([^'\n]+)'/g;
const declaration =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|let|class|interface|type|enum) (\w+|\{[^}]*\})/gm;
const handedOn = /^export (?:type )?(\*|\{[^}]*\}) from '([^'\n]+)'/gm;

const namesIn = (list: string) =>
  list
    .replace(/[{}]/g, '')
    .split(',')
    .map(
      (part) =>
        part
          .replace(/^\s*type\s/, '')
          .split(/\sas\s|:/)
          .at(-1)
          ?.trim() ?? '',
    )
    .filter(Boolean);

/** What a text says of itself as a module. */
export function moduleOf(file: string, text: string): Module {
  const statements = text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, ' ');
  const resolve = (name: string) => (name.startsWith('.') ? join(file, '..', name) : name);
  return {
    file,
    code: statements.replace(handedOn, ''),
    imports: [...new Set([...statements.matchAll(specifier)].map(([, name = '']) => resolve(name)))],
    exports: [...statements.matchAll(declaration)].flatMap(([, name = '']) => namesIn(name)),
    handsOn: [...statements.matchAll(handedOn)].map(([, names = '', from = '']) => ({
      from: resolve(from),
      names: names === '*' ? ('*' as const) : namesIn(names),
    })),
  };
}

/** All modules below some folders of the project. */
export function modulesIn(...patterns: readonly string[]): readonly Module[] {
  return globSync(patterns as string[], { cwd: root })
    .sort()
    .map((file) => moduleOf(file, readFileSync(join(root, file), 'utf8')));
}

export const sourcePatterns = ['packages/*/src/**/*.{ts,js}', '{server,client}/{src,collector}/**/*.ts'];
