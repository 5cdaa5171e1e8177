import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EscalaError, type Experiment, fill, inEachLanguage, unreadable } from '@escala/model';
import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { contradictions } from './contradictions.ts';
import { offsetOf } from './place.ts';
import { resolveExperiment } from './resolve.ts';
import { type ExperimentFile, experimentSchema } from './schema.ts';
import { type FileProblem, problemsOf } from './schema-problems.ts';
import { syntax, words } from './words.ts';

/** Values that aliases may repeat; beyond it a few lines of YAML would fill the memory. */
const ALIASES_MAX = 100;

/** An experiment with the text that it was read from, which goes into the run folder word for word. */
interface ReadExperiment {
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
    throw unreadable(file, cause);
  }
  return { text, experiment: parseExperiment(text, file) };
}

/** `readExperiment` for a text that is already here; `file` is named in problems, and paths are taken from its folder. */
export function parseExperiment(text: string, file: string): Experiment {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  const read = check(document, dirname(file));
  if ('experiment' in read) return read.experiment;

  const lines = read.problems
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ offset, path, says }) => {
      const { line, col } = lineCounter.linePos(offset);
      const place = `${file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
      return inEachLanguage(
        (language) => `${place}: ${path.join('.') || fill(words.theFile, language)}: ${says[language]}`,
      );
    });
  const detail = inEachLanguage((language) => [...new Set(lines.map((line) => line[language]))].join('\n'));
  throw new EscalaError('EXPERIMENT_INVALID', { detail });
}

function check(document: Document, folder: string): { experiment: Experiment } | { problems: FileProblem[] } {
  if (document.errors.length > 0) return { problems: document.errors.map(syntaxProblem) };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: ALIASES_MAX }) ?? {};
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    return {
      problems: [{ offset: 0, path: [], says: isOfNothing(cause) ? syntax.BAD_ALIAS : words.tooManyAliases }],
    };
  }
  const checked = experimentSchema.safeParse(value);
  const issues = checked.error?.issues ?? [];
  const file = checked.data ?? soundPart(value, issues);
  const experiment = file && resolveExperiment(file, folder);
  const problems = [
    ...issues.flatMap((issue) => problemsOf(issue, document)),
    ...(experiment ? contradictions(experiment) : []).map(({ path, says }) => ({
      offset: offsetOf(document, path),
      path,
      says,
    })),
  ];
  return experiment && problems.length === 0 ? { experiment } : { problems };
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
