import { didYouMean, fillEach, inEachLanguage, nearestOf, type Sentence } from '@escala/model';
import type { Document } from 'yaml';
import type { z } from 'zod';
import { offsetOf, type Path } from './place.ts';
import { allowed, types, words } from './words.ts';

/** One thing that is wrong in an experiment file. `offset`: where, in characters from its start. */
export interface FileProblem {
  readonly offset: number;
  readonly path: Path;
  readonly says: Sentence;
}

type Issue = z.core.$ZodIssue;

/** An issue of the schema in the terms of the file: where, which key, what is allowed, the nearest known key. */
export function problemsOf(issue: Issue, document: Document, schema: z.ZodType): FileProblem[] {
  const path = issue.path as Path;
  const at = (place: Path, says: Sentence): FileProblem => ({
    offset: offsetOf(document, place),
    path: place,
    says,
  });
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(path, schema);
    // The first of them lists what is allowed, for all.
    return issue.keys.map((key, i) =>
      at([...path, key], unknownKey(i === 0 ? words.unknownKey : words.unknownToo, key, known)),
    );
  }
  const isMissing = path.length > 0 && document.getIn(path) === undefined;
  if (issue.code === 'invalid_union' && !isMissing) {
    // Of the alternatives, the one that got furthest into the value is the one that was meant.
    const depthOf = (inside: readonly Issue[]) => Math.max(...inside.map((inner) => inner.path.length));
    const [meant = []] = issue.errors.toSorted((a, b) => depthOf(b) - depthOf(a));
    if (depthOf(meant) > 0) {
      return meant.flatMap((inner) =>
        problemsOf({ ...inner, path: [...path, ...inner.path] } as Issue, document, schema),
      );
    }
  }
  return [at(path, fillEach(isMissing ? words.missing : words.mustBe, { allowed: allowedBy(issue) }))];
}

function unknownKey(says: Sentence, key: string, known: readonly string[]): Sentence {
  const nearest = nearestOf(key, known);
  return fillEach(says, { nearest: didYouMean(nearest && `"${nearest}"`), known: known.join(', ') });
}

/** What would have been right. */
function allowedBy(issue: Issue): Sentence {
  if (Object.hasOwn(allowed, issue.message)) return allowed[issue.message as keyof typeof allowed];
  switch (issue.code) {
    case 'invalid_union': {
      const alternatives = new Map(
        issue.errors.flat().map((error) => {
          const sentence = allowedBy(error);
          return [sentence.en, sentence] as const;
        }),
      );
      return [...alternatives.values()].reduce((first, second) => fillEach(words.or, { first, second }));
    }
    case 'invalid_type':
      return types[issue.expected] ?? words.another;
    case 'too_small':
      return fillEach(tooSmall(issue), { least: Number(issue.minimum) });
    case 'too_big':
      return fillEach(tooBig(issue), { most: Number(issue.maximum) });
    case 'invalid_value':
      return issue.values.length === 1
        ? inEachLanguage(() => String(issue.values[0]))
        : fillEach(words.oneOf, { values: issue.values.join(', ') });
    default:
      return words.another;
  }
}

function tooSmall({ origin, inclusive }: z.core.$ZodIssueTooSmall): Sentence {
  if (origin === 'array') return words.listOfAtLeast;
  return inclusive ? words.atLeast : words.above;
}

function tooBig({ origin }: z.core.$ZodIssueTooBig): Sentence {
  if (origin === 'array') return words.listOfAtMost;
  return origin === 'string' ? words.textOfAtMost : words.atMost;
}

/** The keys that the schema allows at `path`. */
function knownKeys(path: Path, whole: z.ZodType): string[] {
  let schema: unknown = whole;
  for (const step of path) schema = childSchema(schema, step);
  return Object.keys(shapeOf(schema) ?? shapeOf(whole) ?? {});
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
