import type { OriginAnalysis, OriginSource } from '@escala/analysis';
import { fill, type Language, originFindings, sentences } from '@escala/model';
import { describeSource } from '../../terminal/aligned.ts';

/** What can and cannot be said of files in the older form, as lines. */
export function describeOrigin({ files, conclusions }: OriginAnalysis, language: Language): string {
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
