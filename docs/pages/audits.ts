import { type AuditName, auditNames, findings, sentences } from '@escala/model';
import { thresholds } from '../../packages/analysis/src/thresholds.ts';
import { auditRemarks, thresholdNotes, worstVerdicts } from './audit-notes.ts';
import { generated, page, table } from './markdown.ts';

export function auditsPage(): string {
  return page(
    'Audits, findings and limits',
    `${generated} A trial is INVALID where an audit fails, SUSPECT where one warns, else VALID. An audit that the rows cannot answer says so and lowers nothing.`,
    ...auditNames.map(auditSection),
    `## Laws\n\nWhy a cell, or a whole law, was left out.\n\n${findingsTable('laws')}`,
    limitsSection(),
  );
}

function auditSection(name: AuditName): string {
  const { asks } = sentences.report.audits[name];
  const said = [asks.en, auditRemarks[name], `At worst the trial is ${worstVerdicts[name]}.`];
  return `## \`${name}\`

${said.filter(Boolean).join(' ')}

${findingsTable(name)}`;
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
