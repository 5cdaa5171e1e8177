import { auditNames, type Results, sentences } from '@escala/model';
import { type Table, tableOf } from '../tables/table.ts';

const auditWords = sentences.report.audits;
const pageWords = sentences.report.wordsPage;

const statuses = [
  { key: 'pass', status: 'pass', title: pageWords.pass },
  { key: 'warn', status: 'warn', title: pageWords.warn },
  { key: 'fail', status: 'fail', title: pageWords.fail },
  { key: 'not_assessable', status: 'not-assessable', title: pageWords.notAssessable },
  { key: 'info', status: 'info', title: pageWords.info },
] as const;

/** What each audit asks, and how often it passed, warned or failed; audits that never ran are left out. */
export function auditTable({ trials }: Results): Table {
  const all = Map.groupBy(
    trials.flatMap(({ audits }) => audits),
    ({ audit }) => audit,
  );
  const ran = auditNames.flatMap((name) => {
    const found = all.get(name);
    return found ? [{ ...auditWords[name], found }] : [];
  });
  return tableOf(ran, [
    { key: 'audit', title: pageWords.auditName, text: 'name', of: ({ name }) => name },
    { key: 'asks', title: pageWords.auditAsks, text: 'sentence', of: ({ asks }) => asks },
    ...statuses.map(({ status, ...column }) => ({
      ...column,
      style: 'integer' as const,
      of: ({ found }: (typeof ran)[number]) => found.filter((one) => one.status === status).length,
    })),
  ]);
}
