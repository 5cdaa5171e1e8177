import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EscalaError, languages } from '@escala/model';
import { checkCluster } from '../../src/targets/kubernetes/checkup.ts';
import type { ClusterApi } from '../../src/targets/kubernetes/cluster-api.ts';
import { removeLeftovers } from '../../src/targets/kubernetes/leftovers.ts';
import { managedBy, runLabel } from '../../src/targets/kubernetes/names.ts';
import { badAnswers, PlantedApiServer, plantedStudy } from './planted-api-server.ts';

const patience = { callMs: 2_500, awayMs: 60, retryMs: 10, goneMs: 300 };
/** So many planted clusters at once. */
const AT_ONCE_MAX = 24;

/** What no person should have to read: words of Node's, of a library's, of a programmer's. */
const foreignWords =
  /undefined|\[object|NaN|Unexpected|TypeError|ECONN|socket hang up|aborted|Parse Error|HPE_|\.ts:|null/;

/** A command on a planted cluster, and what has to be so where it ends well. */
interface Walk {
  readonly plant: () => Promise<PlantedApiServer>;
  readonly command: (api: ClusterApi) => Promise<void>;
  readonly check?: (planted: PlantedApiServer) => void;
}

/**
 * Runs the command well once, then again for each of its calls and each bad answer, on a new planted cluster each time:
 * the call is always answered so, or only the first time; of these every `every`th. Returns the calls.
 */
async function walk({ plant, command, check }: Walk, every: number): Promise<string[]> {
  const good = await plant();
  await command(good.connect());
  check?.(good);
  const calls = [...new Set(good.calls)];
  const all = calls.flatMap((call, row) =>
    Object.entries(badAnswers).flatMap(([name, answer], column) =>
      [1, Number.POSITIVE_INFINITY].map((until, half) => ({
        call,
        name,
        answer,
        until,
        at: row + column + half,
      })),
    ),
  );
  const cases = all.filter(({ at }) => at % every === 0);
  const next = cases.values();
  const worker = async () => {
    for (const { call, name, answer, until } of next) {
      const planted = await plant();
      planted.spoil = (one, count) => (one === call && count <= until ? answer : undefined);
      const what = `${name} to ${call}, ${until === 1 ? 'once' : 'always'}`;
      const isDone = await endsWell(() => command(planted.connect(patience)), what);
      // A removal that is told "not found" is told that the object is gone.
      if (isDone && !(call.startsWith('DELETE') && name === '404')) check?.(planted);
      planted.close();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE_MAX }, worker));
  return calls;
}

/** True where it ends well; else it has to be a problem of exit 4 that both languages say in our own words. */
async function endsWell(work: () => Promise<void>, what: string): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    const first = error instanceof SuppressedError ? error.suppressed : error;
    assert.ok(first instanceof EscalaError, `${what}: ${first instanceof Error ? first.stack : first}`);
    assert.equal(first.exit, 4, `${what}: ${first.message}`);
    for (const language of languages) {
      const text = first.explain(language);
      assert.doesNotMatch(text, foreignWords, `${what}: ${text}`);
      assert.doesNotMatch(text, /\{\w+\}/, `${what}: ${text}`);
    }
    return false;
  }
}

/** A study's start and its end on the cluster, with nothing measured in between. */
async function startAndEnd(api: ClusterApi, namespace: string | undefined): Promise<void> {
  await using target = plantedStudy(api, namespace);
  await target.prepare();
}

/** Walks through all calls and, of the answers to them, every `every`th. */
export function testBadAnswers(every: number): void {
  test('doctor says in a sentence what any call was answered', async (context) => {
    const plant = () => PlantedApiServer.start(context, 1);
    const command = async (api: ClusterApi) => void (await checkCluster(api, 'study'));
    const calls = await walk({ plant, command }, every);
    assert.ok(calls.length >= 5, calls.join('\n'));
  });

  for (const [place, namespace] of [
    ['a cluster', undefined],
    ['a namespace', 'study'],
  ] as const)
    test(`clean of ${place} says nothing that is not so, whatever any call was answered`, async (context) => {
      const labels = { ...managedBy, [runLabel]: 'run-left' };
      const path = '/api/v1/namespaces/study';
      const left = { Namespace: path, Secret: `${path}/secrets/escala-run`, Pod: `${path}/pods/lost` };
      const plant = async () => {
        const planted = await PlantedApiServer.start(context, 1);
        for (const [kind, at] of Object.entries(left))
          planted.put(at, { kind, metadata: { name: at.split('/').at(-1) ?? '', labels } });
        return planted;
      };
      const command = async (api: ClusterApi) => {
        const found = await Array.fromAsync(removeLeftovers(api, namespace));
        assert.equal(found.length, 1, 'a clean that ends well has found what was left');
      };
      const check = ({ objects }: PlantedApiServer) => {
        const gone = Object.values(left).slice(namespace === undefined ? 0 : 1);
        assert.deepEqual(
          gone.filter((one) => objects.has(one)),
          [],
          'what is called removed is gone',
        );
      };
      const calls = await walk({ plant, command, check }, every);
      assert.ok(
        calls.some((call) => call.startsWith('DELETE')),
        calls.join('\n'),
      );
    });

  for (const namespace of [undefined, 'study'])
    test(`the start of a run in ${namespace ?? 'a namespace of its own'} says in a sentence what any call was answered`, async (context) => {
      const plant = () => PlantedApiServer.start(context, 1);
      const calls = await walk({ plant, command: (api) => startAndEnd(api, namespace) }, every);
      assert.ok(
        calls.some((call) => call.startsWith('WATCH')),
        calls.join('\n'),
      );
    });
}
