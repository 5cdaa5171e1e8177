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
  for (const { finding, values } of conclusions) lines.push(fill(originFindings[finding], language, values));
  return `${lines.join('\n')}\n`;
}
