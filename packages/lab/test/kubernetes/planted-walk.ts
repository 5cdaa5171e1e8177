import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type TestContext, test } from 'node:test';
import {
  agentApi,
  type Cell,
  EscalaError,
  firstCause,
  inFlightMetric,
  languages,
  messageApi,
} from '@escala/model';
import { listen } from '../../../../test/listen.ts';
import type { ClusterApi } from '../../src/targets/kubernetes/api/cluster-api.ts';
import { checkCluster } from '../../src/targets/kubernetes/doctor/checkup.ts';
import { managedBy, runLabel } from '../../src/targets/kubernetes/objects/names.ts';
import { removeLeftovers } from '../../src/targets/kubernetes/study/leftovers.ts';
import { AgentClient } from '../../src/trial/agent-client.ts';
import { type BadAnswer, badAnswers } from './planted-answers.ts';
import { PlantedApiServer, plantedExperiment, plantedStudy } from './planted-api-server.ts';

const patience = {
  callMs: 2_500,
  awayMs: 60,
  retryMs: 10,
  goneMs: 300,
  podsMs: 3_000,
  endpointsMs: 300,
  forwardMs: 400,
};
const QUIESCE_MS = 400;
const BLOCK = 'b1';
/** So many planted clusters at once. */
const AT_ONCE_MAX = 24;

/** What no person should have to read: words of Node's, of a library's, of a programmer's; a code may stand beside ours. */
const foreignWords =
  /undefined|\[object|NaN|Unexpected|TypeError|ECONN|socket hang up|aborted|Parse Error|HPE_|\.ts:|null/;

/** A command on a planted cluster, and what has to be so where it ends well. */
interface Walk {
  readonly plant: () => Promise<PlantedApiServer>;
  readonly command: (api: ClusterApi) => Promise<void>;
  readonly check?: (planted: PlantedApiServer) => void;
}

/** All: each call with each answer, once and always. Else each call and each answer in some pair. */
export type Extent = 'all' | 'each';

interface Case {
  readonly call: string;
  readonly name: string;
  readonly answer: BadAnswer;
  /** The call is answered so until it was made so often. */
  readonly until: number;
}

function casesOf(calls: readonly string[], extent: Extent): Case[] {
  const answers = Object.entries(badAnswers);
  const untils = [1, Number.POSITIVE_INFINITY];
  if (extent === 'all')
    return calls.flatMap((call) =>
      answers.flatMap(([name, answer]) => untils.map((until) => ({ call, name, answer, until }))),
    );
  // Numbers without a common divisor meet in changing pairs; which ones differs from command to command.
  return Array.from({ length: Math.max(calls.length, answers.length) }, (_, at) => {
    const [name, answer] = answers[(at + calls.length) % answers.length] ?? raise();
    const [call = raise(), until = raise()] = [calls[at % calls.length], untils[at % untils.length]];
    return { call, name, answer, until };
  });
}

/** For lists that are not empty. */
function raise(): never {
  throw new Error('a command without a call');
}

/**
 * Runs the command well once, then again with bad answers to its calls, on a new planted cluster each time. Returns the
 * calls.
 */
async function walk({ plant, command, check }: Walk, extent: Extent): Promise<string[]> {
  const good = await plant();
  await command(good.connect());
  check?.(good);
  good.close();
  const calls = [...new Set(good.calls)];
  const cases = casesOf(calls, extent);
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
    const first = firstCause(error);
    assert.ok(first instanceof EscalaError, `${what}: ${first instanceof Error ? first.stack : first}`);
    assert.equal(first.exit, 4, `${what}: ${first.message}`);
    for (const language of languages) assertOurWords(first.explain(language), what);
    return false;
  }
}

/** Servers and agents in one: nothing is in flight, the ledgers are empty, the agent is idle. */
const podAnswers: Readonly<Record<string, string>> = {
  [messageApi.metrics]: `${inFlightMetric} 0\n`,
  [agentApi.state]: '{"phase":"idle"}',
  [`/ledgers/${BLOCK}`]: '{}',
};

function plantPods(context: TestContext): Promise<number> {
  const server = createServer((request, response) => {
    const answer = podAnswers[request.url ?? ''];
    response.writeHead(answer === undefined ? 404 : 200).end(answer);
  });
  return listen(context, server);
}

function assertOurWords(text: string, what: string): void {
  const said = text.replaceAll(/ \([A-Z_]+\)/g, '');
  assert.doesNotMatch(said, foreignWords, `${what}: ${text}`);
  assert.doesNotMatch(said, /\{\w+\}/, `${what}: ${text}`);
}

/** All that a study does on the cluster, each once, with no load. */
async function wholeStudy(api: ClusterApi, namespace: string | undefined): Promise<void> {
  await using target = plantedStudy(api, namespace);
  await target.prepare();
  const experiment = plantedExperiment;
  const [system] = experiment.systems;
  const cell = { clients: 1 } as Cell;
  const [agent] = await target.agents(cell);
  assert.ok(system && agent);
  await using deployment = await target.deploy({ system, experiment, replicas: 1, block: BLOCK });
  await new AgentClient(agent, new AbortController().signal).state();
  await deployment.sample();
  await deployment.throttled();
  await deployment.quiesce(QUIESCE_MS);
  for await (const { chunks } of deployment.collectLedgers(new Map())) await Array.fromAsync(chunks);
  await deployment.inject({ kind: 'scale', replicas: 1, atUs: 0 });
  await deployment.inject({ kind: 'kill-replica', replicas: null, atUs: 0 });
  await deployment.incidents();
}

/** Walks through doctor, clean and a study. */
export function testBadAnswers(extent: Extent): void {
  test('doctor says in a sentence what any call was answered', async (context) => {
    const plant = () => PlantedApiServer.start(context, 1);
    const command = async (api: ClusterApi) => void (await checkCluster(api, { namespace: 'study' }));
    const calls = await walk({ plant, command }, extent);
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
      const calls = await walk({ plant, command, check }, extent);
      assert.ok(
        calls.some((call) => call.startsWith('DELETE')),
        calls.join('\n'),
      );
    });

  // In a namespace that is given the calls are nearly the same.
  for (const namespace of extent === 'all' ? [undefined, 'study'] : [undefined])
    test(`a study in ${namespace ?? 'a namespace of its own'} says in a sentence what any call was answered`, async (context) => {
      const pods = await plantPods(context);
      const plant = () => PlantedApiServer.start(context, pods);
      const calls = await walk({ plant, command: (api) => wholeStudy(api, namespace) }, extent);
      for (const verb of ['WATCH', 'FORWARD', 'PATCH', 'DELETE'])
        assert.ok(
          calls.some((call) => call.startsWith(verb)),
          calls.join('\n'),
        );
    });
}
