import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { OriginAnalysis, OriginFile, OriginSource } from '@escala/analysis';
import { EscalaError, fill, type Language, originFindings, sentences } from '@escala/model';
import { describeSource } from '../../terminal/aligned.ts';
import { print, type World } from '../../terminal/world.ts';

const judgementWords = sentences.cli.judgement;

/** Where the tables and figures of a file lie, and what they are called there. */
interface Written {
  readonly folder: string;
  readonly figures: readonly string[];
  readonly tables: readonly string[];
}

/** `escala analyze old.csv …`: what can be said of files in the older form, their statistics and their figures. */
export async function analyzeOlderFiles(
  files: readonly string[],
  { out, json }: { readonly out?: string; readonly json?: boolean },
  world: World,
): Promise<void> {
  const { analyzeOrigin } = await import('@escala/analysis');
  const analysis = await analyzeOrigin(files);
  const { language } = world;
  const written = await writeEach(analysis.files, out, language);
  if (json) {
    const ofFiles = analysis.files.map((file, i) => ({ ...file, written: written.done[i] ?? null }));
    world.stdout.write(`${JSON.stringify({ ...analysis, files: ofFiles }, null, 2)}\n`);
  } else {
    const places = written.done.map(({ folder, figures }) => {
      const values = { folder, figures: figures.filter((name) => name.endsWith('.svg')).length };
      return `${fill(judgementWords.originWritten, language, values)}\n`;
    });
    print(world.stdout, describeOrigin(analysis, language) + places.join(''));
  }
  // What was found out is said all the same.
  if (written.problem) throw written.problem;
}

async function writeEach(files: readonly OriginFile[], out: string | undefined, language: Language) {
  const { writeOrigin } = await import('@escala/report');
  const done: Written[] = [];
  try {
    for (const [i, file] of files.entries()) {
      const folder = folderOf(files, i, out);
      done.push({ folder, ...(await writeOrigin(folder, file.cells, language)) });
    }
    return { done, problem: null };
  } catch (problem) {
    if (problem instanceof EscalaError) return { done, problem };
    throw problem;
  }
}

/** Beside the file, or under `out`; what is no file on disk has nothing beside it. Files of one name get a number each. */
function folderOf(files: readonly OriginFile[], i: number, out: string | undefined): string {
  const { file, name } = files[i] as OriginFile;
  const before = files
    .slice(0, i)
    .filter((other) => folderNamed(other, out) === folderNamed(files[i] as OriginFile, out));
  const number = before.length > 0 ? `-${before.length + 1}` : '';
  if (out !== undefined && files.length === 1) return out;
  return `${folderNamed({ file, name }, out)}${number}`;
}

function folderNamed({ file, name }: Pick<OriginFile, 'file' | 'name'>, out: string | undefined): string {
  const isOnDisk = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  const called = isOnDisk ? name : file === '-' ? 'stdin' : basename(file);
  if (out !== undefined) return join(out, called);
  return join(isOnDisk ? dirname(file) : '.', `${called}-analysis`);
}

/** What can and cannot be said of files in the older form, as lines. */
function describeOrigin({ files, conclusions }: OriginAnalysis, language: Language): string {
  const lines: string[] = [];
  for (const { file, rows, cells, findings, source } of files) {
    lines.push(`${file}: ${fill(words.size, language, { rows, cells: cells.length })}`);
    lines.push(...describeOriginSource(source, language).map((line) => `  ${line}`));
    for (const { finding, values } of findings)
      lines.push(`  - ${fill(originFindings[finding], language, values)}`);
  }
  return `${lines.join('\n')}\n${describeConclusions(conclusions, language)}`;
}

/** What was taken for what in such a file: its dialect, its units, its empty cells. */
export function describeOriginSource(source: OriginSource, language: Language): string[] {
  const { times, responseTime, isEpoch, isZoneAssumed } = source;
  const [dialect = '', ...remarks] = describeSource(source, language);
  const units = fill(words.units, language, {
    times: times === 'iso-8601' ? 'ISO 8601' : signs[times] + (isEpoch ? fill(words.epoch, language) : ''),
    zone: isZoneAssumed ? fill(words.zone, language) : '',
    response: signs[responseTime],
  });
  return [dialect, units, ...remarks];
}

/** What two such files allow to conclude, a line each. */
export function describeConclusions(conclusions: OriginAnalysis['conclusions'], language: Language): string {
  return conclusions
    .map(({ finding, values }) => `${fill(originFindings[finding], language, values)}\n`)
    .join('');
}

const signs = { s: 's', ms: 'ms', us: 'µs', ns: 'ns' } as const;

const words = sentences.cli.originText;
