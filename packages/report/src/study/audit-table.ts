import { type AuditResult, auditNames, type Results, sentences } from '@escala/model';
import type { Table } from '../tables/table.ts';

const auditWords = sentences.report.audits;
const pageWords = sentences.report.wordsPage;
const statuses = ['pass', 'warn', 'fail', 'not-assessable', 'info'] as const;

/** What each audit checks, and how often it passed, warned or failed; audits that never ran are left out. */
export function auditTable({ trials }: Results): Table {
  const all = trials.flatMap(({ audits }) => audits);
  return {
    columns: [
      { key: 'audit', title: pageWords.auditName, text: 'name' },
      { key: 'checks', title: pageWords.auditChecks, text: 'sentence' },
      { key: 'pass', title: pageWords.pass, style: 'integer' },
      { key: 'warn', title: pageWords.warn, style: 'integer' },
      { key: 'fail', title: pageWords.fail, style: 'integer' },
      { key: 'not_assessable', title: pageWords.notAssessable, style: 'integer' },
      { key: 'info', title: pageWords.info, style: 'integer' },
    ],
    rows: auditNames
      .map((name) => ({ name, of: all.filter(({ audit }) => audit === name) }))
      .filter(({ of }) => of.length > 0)
      .map(({ name, of }) => [
        auditWords[name].name,
        auditWords[name].checks,
        ...statuses.map((status) => countOf(of, status)),
      ]),
  };
}

function countOf(audits: readonly AuditResult[], status: AuditResult['status']): number {
  return audits.filter((audit) => audit.status === status).length;
}
