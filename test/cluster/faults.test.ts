import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { FIRST_BUILD_MS_MAX, haveCluster, options, recordOf, skipped, study } from './place.ts';

before(haveCluster, { timeout: FIRST_BUILD_MS_MAX });

/** A study of one cell of 2000 requests, long enough for a fault in its middle. */
function faulted(name: string, fault: string, settings: string): string {
  return `name: ${name.replaceAll(' ', '-').toLowerCase()}
replicas: [2]
clients: [10]
messages: [200]
service: { time: 2ms, parallelism: 1, kind: wait }
faults: [{ at: 300ms, ${fault} }]
kubernetes: { clientsPerPod: 5${settings} }
`;
}

const cases = [
  { name: 'a pod is killed', fault: 'kind: kill-replica', settings: '', code: 'replica-ended' },
  {
    name: 'a pod is killed that has a claim of its own',
    fault: 'kind: kill-replica',
    settings: ', storage: per-replica',
    code: 'replica-ended',
  },
  { name: 'the Deployment is rolled', fault: 'kind: roll', settings: '', code: 'fault-injected' },
  { name: 'replicas are added', fault: 'kind: scale, replicas: 4', settings: '', code: 'fault-injected' },
  {
    name: 'a replica with a claim of its own is scaled away',
    fault: 'kind: scale, replicas: 1',
    settings: ', storage: per-replica',
    code: 'replica-ended',
  },
] as const;

// Two at a time: each has a namespace of its own, and most of its time waits for pods.
describe('the ledger closes although', { concurrency: 2, skip: skipped }, () => {
  for (const { name, fault, settings, code } of cases) {
    test(`${name} while requests are under way`, options, async () => {
      const { code: exit, stderr, out } = await study(faulted(name, fault, settings));
      assert.equal(exit, 0, stderr);
      const { counts, incidents } = await recordOf(out, 'node-r2-c10-m200');
      assert.equal(counts.requests, 2_000);
      assert.equal(counts.ledger.missing + counts.ledger.duplicated + counts.ledger.unexpected, 0);
      const codes: string[] = incidents.map((incident) => incident.code);
      assert.ok(codes.includes('fault-injected') && codes.includes(code), codes.join());
    });
  }
});
