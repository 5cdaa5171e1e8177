import type { OriginAnalysis } from '@escala/analysis';
import { fill, type Language, originFindings } from '@escala/model';

/** What can and cannot be said of files in the older form, as lines. */
export function describeOrigin({ files, conclusions }: OriginAnalysis, language: Language): string {
  const lines: string[] = [];
  for (const { file, rows, cells, findings } of files) {
    lines.push(`${file}: ${rows} × ${cells.length}`);
    for (const { finding, values } of findings)
      lines.push(`  - ${fill(originFindings[finding], language, values)}`);
  }
  return `${lines.join('\n')}\n${describeConclusions(conclusions, language)}`;
}

/** What two such files allow to conclude, a line each. */
export function describeConclusions(conclusions: OriginAnalysis['conclusions'], language: Language): string {
  return conclusions
    .map(({ finding, values }) => `${fill(originFindings[finding], language, values)}\n`)
    .join('');
}
