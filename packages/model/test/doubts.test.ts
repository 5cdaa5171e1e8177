import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AuditResult, doubtsOf, findings, findingText, languages, trialsText } from '@escala/model';

const audit = (status: AuditResult['status'], finding: string, values = {}) =>
  ({ audit: finding.split('.')[0], status, finding, values }) as AuditResult;
const late = (lagUs: number) => audit('warn', 'client-limits.send-lag', { lagUs, lagLimitUs: 1_000 });

test('a reason of many trials is one doubt, what is INVALID first, and what passed none', () => {
  const trials = [
    { cell: 'a', round: 1, audits: [late(1_040), audit('pass', 'backlog.stable')] },
    { cell: 'a', round: 2, audits: [late(64_700)] },
    { cell: 'b', round: 2, audits: [audit('fail', 'ledger.lost', { missing: 2 }), late(1_200)] },
  ];
  const doubts = doubtsOf(trials);
  assert.deepEqual(
    doubts.map(({ verdict, finding, trials: its }) => [verdict, finding, its.length]),
    [
      ['INVALID', 'ledger.lost', 1],
      ['SUSPECT', 'client-limits.send-lag', 3],
    ],
  );
  const { finding, values } = doubts[1] as (typeof doubts)[number];
  assert.match(
    findingText(finding, values, 'en'),
    /sent 1.04\sms – 64.7\sms or more after its time \(limit 1\sms\)/,
  );
  assert.match(findingText(finding, values, 'pt-BR'), /enviada 1,04\sms – 64,7\sms ou mais/);
});

test('counts that differ are a range of several, and names a list', () => {
  const lost = (missing: number) => ({ missing });
  assert.match(findingText('ledger.lost', [lost(1), lost(1)], 'en'), /^1 request was/);
  assert.match(findingText('ledger.lost', [lost(4), lost(1)], 'en'), /^1 – 4 requests were/);
  const idle = [1, 2, 3, 4].map((n) => ({ replica: `r-${n}`, connections: 8, chanceShare: 0.01 }));
  assert.match(findingText('balance.idle', idle, 'en'), /^Replica r-1, r-2, r-3, … got none/);
});

test('a finding of another version that lacks a value leaves no place open, and shows what it has', () => {
  assert.equal(
    findingText('ledger.lost', { rows: 3 }, 'en'),
    'ledger.lost: found by another version of Escala, which kept other values (rows = 3).',
  );
  for (const language of languages)
    for (const key of Object.keys(findings)) assert.doesNotMatch(findingText(key, {}, language), /[{}]/);
});

test('trials are named by cell with their rounds, those with the most first', () => {
  const of = (cell: string, ...rounds: number[]) => rounds.map((round) => ({ cell, round }));
  const trials = [...of('a', 3), ...of('b', 5, 1, 2, 3), ...of('c', 1, 2)];
  assert.equal(trialsText(trials, 'en', 3), 'b (1–3, 5), c (1–2), a (3)');
  assert.equal(trialsText(trials, 'en', 1), 'b (1–3, 5) and 2 more cells');
  assert.equal(trialsText(trials, 'pt-BR', 2), 'b (1–3, 5), c (1–2) e mais 1 célula');
});
