import { readFile } from 'node:fs/promises';
import { EscalaError, type Experiment } from '@escala/model';
import { closest, distance } from 'fastest-levenshtein';
import { type Document, isMap, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { resolveExperiment } from './resolve.ts';
import { experimentSchema } from './schema.ts';

/** A key this far from a known one, in edits, is not a slip of it. */
const NEAREST_DISTANCE_MAX = 4;

/** An experiment with the text that it was read from, which goes into the run folder word for word. */
export interface ReadExperiment {
  readonly text: string;
  readonly experiment: Experiment;
}

/**
 * Reads and checks an experiment file.
 * @throws EscalaError FILE_UNREADABLE; EXPERIMENT_INVALID with a line `FILE:LINE:COLUMN: key: …` for each problem.
 */
export async function readExperiment(file: string): Promise<ReadExperiment> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new EscalaError('FILE_UNREADABLE', { file, detail: (cause as Error).message }, { cause });
  }
  return { text, experiment: parseExperiment(text, file) };
}

/** `readExperiment` for a text that is already here; `file` is only named in problems. */
export function parseExperiment(text: string, file: string): Experiment {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  if (document.errors.length > 0) {
    throw invalid(document.errors.map((error) => `${at(error.pos[0])}: ${error.message}`));
  }
  const checked = experimentSchema.safeParse(document.toJS() ?? {});
  if (!checked.success) throw invalid(checked.error.issues.flatMap((issue) => describe(issue, document, at)));

  const experiment = resolveExperiment(checked.data);
  const impossible = contradictions(experiment).map(
    ([key, says]) => `${at(offsetOf(document, [key]))}: ${key}: ${says}`,
  );
  if (impossible.length > 0) throw invalid(impossible);
  return experiment;
}

function invalid(lines: readonly string[]): EscalaError {
  return new EscalaError('EXPERIMENT_INVALID', { detail: [...new Set(lines)].join('\n') });
}

type Issue = z.core.$ZodIssue;

/** One line for each thing that is wrong: where, which key, what is allowed, and the nearest known key. */
function describe(issue: Issue, document: Document, at: (offset: number) => string): string[] {
  const path = issue.path as (string | number)[];
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(path);
    return issue.keys.map((key) => {
      const nearest = closest(key, known);
      const hint = distance(key, nearest) <= NEAREST_DISTANCE_MAX ? `; did you mean "${nearest}"?` : '';
      return `${at(offsetOf(document, [...path, key]))}: ${[...path, key].join('.')}: unknown key${hint} (allowed: ${known.join(', ')})`;
    });
  }
  if (issue.code === 'invalid_union') {
    // Of the alternatives, the one that got furthest into the value is the one that was meant.
    const furthest = issue.errors.flat().sort((a, b) => b.path.length - a.path.length)[0];
    if (furthest && furthest.path.length > 0) {
      return describe({ ...furthest, path: [...path, ...furthest.path] } as Issue, document, at);
    }
    const allowed = [...new Set(issue.errors.flat().map(allowedBy))].join('; or ');
    return [`${at(offsetOf(document, path))}: ${path.join('.')}: must be ${allowed || issue.message}`];
  }
  const missing = issue.code === 'invalid_type' && document.getIn(path) === undefined;
  const says = missing ? `is missing; it takes ${allowedBy(issue)}` : `must be ${allowedBy(issue)}`;
  return [`${at(offsetOf(document, path))}: ${path.join('.') || 'the file'}: ${says}`];
}

/** What would have been right, in words. */
function allowedBy(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return (
        (
          {
            int: 'a whole number',
            number: 'a number',
            array: 'a list',
            object: 'a mapping',
            string: 'text',
          } as Record<string, string>
        )[issue.expected] ?? `a ${issue.expected}`
      );
    case 'too_small':
      return issue.origin === 'array'
        ? `a list of at least ${issue.minimum}`
        : `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'array' ? `a list of at most ${issue.maximum}` : `at most ${issue.maximum}`;
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.join(', ')}`;
    default:
      return issue.message;
  }
}

/** The keys that the schema allows at `path`. */
function knownKeys(path: readonly (string | number)[]): string[] {
  let schema: unknown = experimentSchema;
  for (const step of path) schema = childSchema(schema, step);
  return Object.keys(shapeOf(schema) ?? experimentSchema.shape);
}

type Definition = {
  def?: { innerType?: unknown; element?: unknown; options?: unknown[]; in?: unknown; shape?: object };
};

/** The object's shape behind defaults, optionals, pipes and unions. */
function shapeOf(schema: unknown): Record<string, unknown> | undefined {
  const def = (schema as Definition | undefined)?.def;
  if (!def) return undefined;
  if (def.shape) return def.shape as Record<string, unknown>;
  if (def.options) return def.options.map(shapeOf).find((shape) => shape !== undefined);
  return shapeOf(def.innerType ?? def.in);
}

function childSchema(schema: unknown, step: string | number): unknown {
  if (typeof step === 'string') return shapeOf(schema)?.[step];
  const def = (schema as Definition | undefined)?.def;
  if (def?.element) return def.element;
  return def ? childSchema(def.innerType ?? def.in, step) : undefined;
}

/** Where the key or value at `path` begins; of a missing one, where its parent does. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const parent = depth === 0 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const key = path[depth - 1];
    const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === String(key)) : undefined;
    const node = (pair?.key ?? (depth === 0 ? parent : document.getIn(path.slice(0, depth), true))) as
      | { range?: [number, number, number] }
      | undefined;
    if (node?.range) return node.range[0];
  }
  return 0;
}

/** What no single key can show to be wrong. */
function contradictions(experiment: Experiment): [key: string, says: string][] {
  const found: [string, string][] = [];
  const names = experiment.systems.map((system) => system.name);
  if (new Set(names).size < names.length)
    found.push(['systems', 'must have names that differ from each other']);
  const isOpen = experiment.rate[0] !== null;
  if (isOpen && (experiment.clients.length > 1 || experiment.messages.length > 1)) {
    found.push(['rate', 'an open loop ignores clients and messages; give each of them one level']);
  }
  for (const { kind, replicas } of experiment.faults) {
    if (kind === 'scale' && replicas === null) found.push(['faults', 'scale needs "replicas"']);
  }
  return found;
}
