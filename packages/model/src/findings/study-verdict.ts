import { fill, type Language, sentences } from '../sentences/sentences.ts';
import { describeDurationUs, describeShare } from '../sentences/units.ts';
import type { Results, TrialResult } from '../study/results.ts';
import { failedRequests, failureKinds, kindsText } from './failures.ts';
import type { FindingKey } from './finding-text.ts';

/** What terminal and report say of a whole study before any number of it: how far it can be believed. */
export const verdictWords = {
  ...sentences.model.studyVerdict.verdictWords,
  failed: sentences.model.findings['failures.few'],
};

const topics = sentences.model.studyVerdict.topics;

/** What each finding of an audit that could not tell leaves open; null where there is nothing to tell in such a trial. */
export const uncheckedTopics: Readonly<Partial<Record<FindingKey, keyof typeof topics | null>>> = {
  'ledger.none': 'noLedger',
  'ledger.empty': 'emptyLedger',
  'failures.unknown': 'noRequest',
  'littles-law.burst': 'steadyState',
  'interactive-law.burst': 'steadyState',
  'interactive-law.connecting': 'clientsOwnTime',
  'interactive-law.open': null,
  'client-residual.burst': 'steadyState',
  'client-residual.connecting': 'clientsOwnTime',
  'client-residual.open': null,
  'client-limits.unknown': 'agents',
  'utilisation.unknown': 'serverTimes',
  'forced-flow.unnamed': 'replicaNames',
  'containment.unknown': 'serverTimes',
  'bounds.unknown': null,
  'backlog.closed': null,
  'backlog.short': 'steadyState',
  'balance.unknown': 'replicaNames',
  'start-skew.unknown': 'agents',
  'start-skew.short': 'commonStart',
  'clocks.unknown': 'serverTimes',
  'warm-up.short': 'steadyState',
  'machine.short': 'fullness',
  'machine.unknown': 'fullnessUnknown',
  'neighbours.short': 'others',
  'neighbours.unknown': 'othersUnknown',
  'platform.throttling-unknown': 'throttling',
};

/** Sentences on replicas that nobody counted, on what is missing, on the ledger, on failures and on what nobody could check, as far as there is any. */
export function verdictSentences(
  results: Pick<Results, 'totals' | 'trials' | 'missingTrials' | 'experiment' | 'expiries'>,
  language: Language,
): string[] {
  const { totals, trials, missingTrials, experiment, expiries = [] } = results;
  const say = (key: keyof typeof verdictWords, values = {}) => fill(verdictWords[key], language, values);
  const missing = missingTrials.length;
  return [
    ...(experiment.systems.some(({ tls }) => tls?.insecure) ? [say('insecure')] : []),
    ...(experiment.asIs ? [say('asIs')] : []),
    ...expiries.map(({ afterUs, ...values }) =>
      say('expired', { ...values, after: describeDurationUs(afterUs)[language] }),
    ),
    ...(missing > 0 ? [say('missing', { missing, planned: totals.trialsPlanned })] : []),
    ...ledgerSentence(results, say),
    ...failureSentence(totals, language, say),
    ...(trials.length > 0 ? uncheckedSentence(trials, language, say) : []),
  ];
}

type Say = (key: keyof typeof verdictWords, values?: Readonly<Record<string, string | number>>) => string;

function ledgerSentence({ trials, missingTrials }: Parameters<typeof verdictSentences>[0], say: Say) {
  const statuses = trials.map(({ audits }) => audits.find(({ audit }) => audit === 'ledger')?.status);
  const count = (wanted: AuditStatus) => statuses.filter((status) => status === wanted).length;
  const [open, closed] = [count('fail'), count('pass')];
  if (open > 0) return [say('doesNotClose', { open })];
  if (closed === 0) return [];
  return closed === trials.length && missingTrials.length === 0
    ? [say('closes')]
    : [say('closesPartly', { closed })];
}

type AuditStatus = TrialResult['audits'][number]['status'];

function failureSentence(totals: Results['totals'], language: Language, say: Say): string[] {
  const failed = failedRequests(totals);
  if (failed === 0) return [];
  const kinds = kindsText(failureKinds(totals, totals.statusCodes), language);
  if (failed === totals.requests) return [say('allFailed', { kinds })];
  const share = describeShare(failed / totals.requests)[language];
  return [say('failed', { failed, requests: totals.requests, share, kinds })];
}

/** Not assessable is not good: what it leaves open, each once, and in how many trials where not in all. */
function uncheckedSentence(trials: readonly TrialResult[], language: Language, say: Say): string[] {
  const counts = new Map<string, number>();
  for (const { audits } of trials) {
    for (const topic of new Set(audits.flatMap((audit) => topicOf(audit, language))))
      counts.set(topic, (counts.get(topic) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const parts = [...counts].map(([what, count]) =>
    count === trials.length ? what : say('uncheckedIn', { what, count, trials: trials.length }),
  );
  return [say('unchecked', { what: parts.join('; ') })];
}

/** An audit of another version is named, rather than left out. */
function topicOf({ audit, status, finding }: TrialResult['audits'][number], language: Language): string[] {
  if (status !== 'not-assessable') return [];
  const topic = uncheckedTopics[finding as FindingKey];
  if (topic === null) return [];
  return [topic === undefined ? audit : topics[topic][language]];
}
