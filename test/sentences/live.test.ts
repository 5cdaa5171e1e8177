// The line of progress and the head of the live page: each part stands exactly where it is true.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentences } from '@escala/model';
import { progressLine } from '../../packages/cli/src/progress/progress-line.ts';
import { statusText } from '../../packages/dashboard/src/page/overview.js';
import { newState } from '../../packages/dashboard/src/page/study-state.js';
import { speakWith } from '../../packages/dashboard/src/page/words.js';
import { pageCatalogue } from '../../packages/dashboard/src/page-files.ts';
import { progressTable, statusTable } from './live-table.ts';
import { isWhole, stands } from './stands.ts';

const progressWords = sentences.cli.progress;
const live = sentences.dashboard;
speakWith(pageCatalogue);

test('the line of progress has exactly the parts that are true', () => {
  const pods = (what: 'servers' | 'agents') =>
    ({ type: 'waiting', atUs: 0, for: what, ready: 1, count: 2, reason: '' }) as const;
  for (const waiting of [null, pods('servers'), pods('agents')])
    for (const trial of [null, { cell: 'node-r1-c4-m50', round: 1 }])
      for (const [judged, failed, problems] of [
        [0, 0, 0],
        [0, 5, 0],
        [2, 0, 0],
        [2, 5, 0],
        [2, 0, 1],
        [2, 5, 1],
      ] as const) {
        const standing = {
          done: 2,
          total: 4,
          elapsedS: 5,
          leftS: 5,
          throughput: 9,
          judged,
          failed,
          problems,
          waiting,
          trial,
        };
        const { line } = progressLine(standing, { language: 'en', columns: 1_000, paint: (_, text) => text });
        for (const [key, isTrue] of Object.entries(progressTable))
          assert.equal(
            line.split(' · ').some((part) => isWhole(progressWords[key as 'trial'], part)),
            isTrue(standing),
            `${key}: ${line}`,
          );
      }
});

test('the live page has one word on its state, and the right one', () => {
  const study = { target: 'local', trials: [] };
  const flags = [true, false];
  const values = { cell: 'node-r1-c4-m50', system: 'node', replicas: 1 };
  const steps = [
    null,
    ...(['Starting', 'Readying', 'Measuring', 'Collecting', 'Judging'] as const).map(
      (name) => ({ key: `status${name}`, values }) as const,
    ),
  ];
  const pods = (what: string) => ({ for: what, ready: 1, count: 2, reason: 'Pending' });
  for (const phase of ['waiting', 'running', 'interrupted', 'finished'] as const)
    for (const waitsFor of [null, pods('servers'), pods('agents')])
      for (const step of steps)
        for (const [isConnected, isThere, isReplay, isSilent] of flags.flatMap((a) =>
          flags.flatMap((b) => flags.flatMap((c) => flags.map((d) => [a, b, c, d] as const))),
        )) {
          const state = { ...newState(study), phase, pods: waitsFor, step };
          const link = { isConnected, isThere, isReplay, silentS: isSilent ? 91 : 1 };
          const text = statusText(state, 'en', link);
          const found = Object.keys(statusTable).filter((key) => stands(live[key as 'waiting'], text));
          const right = Object.keys(statusTable).filter((key) => statusTable[key]?.(link, state));
          assert.deepEqual(found, right, text);
        }
});
