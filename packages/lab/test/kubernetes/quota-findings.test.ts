import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill } from '@escala/model';
import type { V1LimitRange, V1ResourceQuota } from '@kubernetes/client-node';
import { quotaFindings } from '../../src/targets/kubernetes/doctor/quota-findings.ts';

const quota = (hard: Record<string, string>, used: Record<string, string> = {}): V1ResourceQuota => ({
  metadata: { name: 'company' },
  spec: { hard },
  status: { hard, used },
});
/** As it comes over the wire. */
const range = (limits: object): V1LimitRange => ({
  metadata: { name: 'tiny' },
  spec: { limits: [limits as never] },
});
const told = (quotas: V1ResourceQuota[], ranges: V1LimitRange[]) =>
  quotaFindings(quotas, ranges).map(({ status, says, values }) => `${status} ${fill(says, 'en', values)}`);

test('a quota of limits is told as what every container has to say, and how much of it is left', () => {
  const [demand, left] = told([quota({ 'limits.cpu': '4', pods: '10' }, { 'limits.cpu': '1500m' })], []);
  assert.match(demand ?? '', /^warn the quota company demands limits\.cpu of every container/);
  assert.match(left ?? '', /^ok .*limits\.cpu 1500m\/4, pods 0\/10$/);
});

test('a quota of cpu is one of requests, and what a LimitRange gives is not demanded', () => {
  const [demand] = told([quota({ cpu: '4' })], []);
  assert.match(demand ?? '', /demands requests\.cpu of/);
  const given = range({ type: 'Container', default: { cpu: '100m' } });
  const lines = told([quota({ cpu: '4', 'limits.cpu': '4' })], [given]);
  assert.equal(
    lines.some((line) => line.includes('demands')),
    false,
  );
  assert.match(lines.at(-1) ?? '', /^warn the LimitRange tiny holds every container .* to limits\.cpu 100m/);
});

test('a quota of objects and a LimitRange of pods demand nothing', () => {
  assert.equal(told([quota({ pods: '3' })], [range({ type: 'Pod', max: { cpu: '1' } })]).length, 1);
});
