import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  EscalaError,
  type Experiment,
  fill,
  inEachLanguage,
  type PlannedRequest,
  type RequestKind,
  type Sentence,
  unreadable,
} from '@escala/model';
import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { contradictions, hasSameNames } from './contradictions.ts';
import { offsetOf, type Path } from './place.ts';
import { requestsSchema } from './request-schema.ts';
import { resolveExperiment, resolveRequests } from './resolve.ts';
import { type ExperimentFile, experimentSchema } from './schema.ts';
import { type FileProblem, problemsOf } from './schema-problems.ts';
import { syntax, words } from './words.ts';

/** Values that aliases may repeat; beyond it a few lines of YAML would fill the memory. */
const ALIASES_MAX = 100;

/** What clients send to each system that has requests of its own, by its name: read, checked, ready to be sent. */
export type RequestsBySystem = Readonly<Record<string, readonly PlannedRequest[]>>;

/** An experiment with the text that it was read from, which goes into the run folder word for word. */
interface ReadExperiment {
  readonly text: string;
  readonly experiment: Experiment;
  readonly requests: RequestsBySystem;
}

/**
 * Reads and checks an experiment file, and the files beside it that its requests name.
 * @throws EscalaError FILE_UNREADABLE; EXPERIMENT_INVALID with a line `FILE:LINE:COLUMN: key: …` for each problem.
 */
export async function readExperiment(file: string): Promise<ReadExperiment> {
  const text = await readText(file);
  const experiment = parseExperiment(text, file);
  const requests: Record<string, readonly PlannedRequest[]> = {};
  for (const [i, { name, requests: kinds }] of experiment.systems.entries()) {
    if (kinds) requests[name] = await planned(new Source(text, file), kinds, ['systems', i, 'requests']);
  }
  return { text, experiment, requests };
}

/**
 * A file that is a list of requests alone, as `escala client --requests` takes it.
 * @throws EscalaError as `readExperiment`.
 */
export async function readRequests(file: string): Promise<readonly PlannedRequest[]> {
  const source = new Source(await readText(file), file);
  const kinds = resolveRequests(source.checked(requestsSchema));
  if (hasSameNames(kinds)) throw source.wrong([{ path: [], says: words.sameRequests }]);
  return planned(source, kinds, []);
}

async function planned(
  source: Source,
  kinds: readonly RequestKind[],
  at: Path,
): Promise<readonly PlannedRequest[]> {
  const { planRequests } = await import('@escala/model/requests');
  const { requests, problems } = await planRequests(kinds, dirname(source.file));
  if (problems.length === 0) return requests;
  throw source.wrong(problems.map(({ path, says }) => ({ path: [...at, ...path], says })));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** `readExperiment` for a text that is already here; `file` is named in problems, and paths are taken from its folder. */
export function parseExperiment(text: string, file: string): Experiment {
  return new Source(text, file).experiment();
}

/** A YAML file that is being read: what is wrong with it is told with its place. */
class Source {
  readonly file: string;
  readonly #lines = new LineCounter();
  readonly #document: Document;

  constructor(text: string, file: string) {
    this.file = file;
    this.#document = parseDocument(text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      logLevel: 'error',
    });
  }

  experiment(): Experiment {
    const value = this.#value();
    const checked = experimentSchema.safeParse(value);
    const issues = checked.error?.issues ?? [];
    const file = checked.data ?? soundPart(value, issues);
    const experiment = file && resolveExperiment(file, dirname(this.file));
    const problems = [
      ...this.#problemsOf(issues, experimentSchema),
      ...(experiment ? contradictions(experiment) : []).map((one) => this.#placed(one)),
    ];
    if (experiment && problems.length === 0) return experiment;
    throw this.#invalid(problems);
  }

  /** What the file holds, by another schema than an experiment's. */
  checked<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
    const { data, error } = schema.safeParse(this.#value());
    if (error) throw this.#invalid(this.#problemsOf(error.issues, schema));
    return data as z.output<Schema>;
  }

  wrong(problems: readonly { readonly path: Path; readonly says: Sentence }[]): EscalaError {
    return this.#invalid(problems.map((one) => this.#placed(one)));
  }

  /** @throws EscalaError for what is not YAML. */
  #value(): unknown {
    const { errors } = this.#document;
    if (errors.length > 0) throw this.#invalid(errors.map(syntaxProblem));
    try {
      return this.#document.toJS({ maxAliasCount: ALIASES_MAX }) ?? {};
    } catch (cause) {
      if (!(cause instanceof ReferenceError)) throw cause;
      const says = isOfNothing(cause) ? syntax.BAD_ALIAS : words.tooManyAliases;
      throw this.#invalid([{ offset: 0, path: [], says }]);
    }
  }

  #problemsOf(issues: readonly z.core.$ZodIssue[], schema: z.ZodType): FileProblem[] {
    return issues.flatMap((issue) => problemsOf(issue, this.#document, schema));
  }

  #placed({ path, says }: { readonly path: Path; readonly says: Sentence }): FileProblem {
    return { offset: offsetOf(this.#document, path), path, says };
  }

  #invalid(problems: readonly FileProblem[]): EscalaError {
    const lines = problems
      .toSorted((a, b) => a.offset - b.offset)
      .map(({ offset, path, says }) => {
        const { line, col } = this.#lines.linePos(offset);
        const place = `${this.file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
        return inEachLanguage(
          (language) => `${place}: ${path.join('.') || fill(words.theFile, language)}: ${says[language]}`,
        );
      });
    const detail = inEachLanguage((language) => [...new Set(lines.map((line) => line[language]))].join('\n'));
    return new EscalaError('EXPERIMENT_INVALID', { detail });
  }
}

/** A wrong file without the keys in which something is wrong: what contradicts itself in the others is said at once, too. */
function soundPart(value: unknown, issues: readonly z.core.$ZodIssue[]): ExperimentFile | undefined {
  if (!isMapping(value)) return undefined;
  const wrong = new Set(
    issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [issue.path[0]],
    ),
  );
  const sound = Object.fromEntries(Object.entries(value).filter(([key]) => !wrong.has(key)));
  return experimentSchema.safeParse({ replicas: 1, clients: 1, messages: 1, ...sound }).data;
}

const isMapping = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An alias without an anchor is found only where its value is asked for. */
const isOfNothing = ({ message }: ReferenceError) => message.startsWith('Unresolved alias');

function syntaxProblem({ code, pos }: Document['errors'][number]): FileProblem {
  return { offset: pos[0], path: [], says: syntax[code] };
}
