import { type AuditName, findings } from '@escala/model';
import { thresholds } from '../../packages/analysis/src/thresholds.ts';
import { auditNotes, thresholdNotes } from './audit-notes.ts';
import { generated, page, table } from './markdown.ts';

export function auditsPage(): string {
  return page(
    'Audits, findings and limits',
    `${generated} A trial is INVALID where an audit fails, SUSPECT where one warns, else VALID. An audit that the rows cannot answer says so and lowers nothing.`,
    ...Object.entries(auditNotes).map(([name, { asks, worst }]) =>
      auditSection(name as AuditName, asks, worst),
    ),
    `## Laws\n\nWhy a cell, or a whole law, was left out.\n\n${findingsTable('laws')}`,
    limitsSection(),
  );
}

function auditSection(name: AuditName, asks: string, worst: string): string {
  return `## \`${name}\`\n\n${asks} At worst the trial is ${worst}.\n\n${findingsTable(name)}`;
}

function findingsTable(audit: string): string {
  const rows = Object.entries(findings)
    .filter(([key]) => key.startsWith(`${audit}.`))
    .map(([key, says]) => [`\`${key}\``, says.en]);
  return table(['finding', 'says'], rows);
}

function limitsSection(): string {
  const rows = Object.entries(thresholds).map(([name, value]) => [
    `\`${name}\``,
    value.toLocaleString('en', { maximumSignificantDigits: 3 }),
    thresholdNotes[name as keyof typeof thresholds],
  ]);
  return `## Limits\n\nBy the names under which \`results.json\` repeats them.\n\n${table(['limit', 'value', 'is'], rows)}`;
}
