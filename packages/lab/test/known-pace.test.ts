import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '@escala/model';
import { parseExperiment } from '../src/experiment/read.ts';
import { expectStudy } from '../src/study/estimate.ts';
import { measuredPace } from '../src/study/known-pace.ts';
import { planStudy } from '../src/study/plan.ts';

const experiment = parseExperiment('replicas: [1, 3]\nclients: 2\nmessages: 100\nrounds: 2', 'planted.yaml');
const plan = planStudy(experiment);
const usual = { startS: 12, trialS: 0.8, blockS: 4, replicaS: 0.3 };
const prepareMs = 5_000;

/** A run whose parts take exactly so long as this pace says; its agents take the rest of the start. */
function played({ startS, trialS, blockS, replicaS }: typeof usual): Event[] {
  const loads = expectStudy(plan, experiment, { startS: 0, trialS: 0, blockS: 0, replicaS: 0 }).trials;
  let atUs = 1_000_000;
  const events: object[] = [{ type: 'run-started', atUs }];
  const after = (seconds: number, event: object) => {
    atUs += Math.round(seconds * 1e6);
    events.push({ atUs, ...event });
  };
  for (const { trials, ...block } of plan) {
    after(0, { type: 'block-started', ...block });
    after((blockS + block.replicas * replicaS) / 2, { type: 'waiting', for: 'servers' });
    for (const { planIndex } of trials) {
      const agentsS = planIndex === 0 ? startS - prepareMs / 1_000 : 0;
      const load = loads.find((one) => one.planIndex === planIndex);
      const loadS = (load?.knownS ?? 0) + (load?.partsS ?? []).reduce((sum, s) => sum + s, 0);
      after(0, { type: 'trial-prepared', planIndex });
      after(agentsS + loadS + trialS / 2, { type: 'trial-finished', planIndex });
      after(trialS / 2, { type: 'trial-judged' });
    }
    after((blockS + block.replicas * replicaS) / 2, { type: 'block-ended', ...block });
  }
  after(0, { type: 'run-finished' });
  return events as Event[];
}

test('the pace of a run is read from its events, whatever the load was', () => {
  const real = { startS: 20, trialS: 1.7, blockS: 12, replicaS: 0.9 };
  const measured = measuredPace({ plan, experiment, prepareMs }, played(real), usual);
  for (const [key, value] of Object.entries(real))
    assert.ok(
      Math.abs((measured?.[key as keyof typeof real] ?? 0) - value) < 1e-3,
      `${key} ${JSON.stringify(measured)}`,
    );
});

test('a run that was interrupted, resumed or made by an older version has no pace', () => {
  const events = played(usual);
  const of = (some: readonly Event[]) => measuredPace({ plan, experiment, prepareMs }, some, usual);
  assert.ok(of(events));
  assert.equal(of(events.slice(0, -1)), undefined);
  assert.equal(of([...events.slice(0, 1), ...events]), undefined);
  assert.equal(measuredPace({ plan, experiment }, events, usual), undefined);
});
