import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type TestContext, test } from 'node:test';
import { EscalaError } from '@escala/model';
import { listen } from '../../../../test/listen.ts';
import { PodHttp } from '../../src/targets/kubernetes/api/pod-http.ts';
import { Relay } from '../../src/targets/kubernetes/api/relay.ts';
import { AgentClient } from '../../src/trial/agent-client.ts';
import { type BadAnswer, badAnswers } from './planted-answers.ts';
import { PlantedApiServer } from './planted-api-server.ts';

interface Broken {
  /** In place of the port-forward; where there is none, the pod itself answers so. */
  readonly bad?: BadAnswer | undefined;
  readonly pod?: (context: TestContext) => Promise<number>;
  readonly en: string;
  readonly pt: string;
}

const noHttp = (context: TestContext) =>
  listen(
    context,
    createServer().on('connection', (socket) => void socket.end('SSH-2.0-planted\r\n')),
  );
const cut = (context: TestContext) =>
  listen(
    context,
    createServer((request) => void request.socket.destroy()),
  );
const silent = (context: TestContext) =>
  listen(
    context,
    createServer(() => undefined),
  );

const broken: Readonly<Record<string, Broken>> = {
  'an API server that refuses the port-forward': {
    bad: badAnswers['403'],
    en: 'the port-forward failed: the API server answers with status 403',
    pt: 'o port-forward falhou: o servidor de API responde com o código 403',
  },
  'an API server that is not one': {
    bad: badAnswers['no HTTP'],
    en: 'the port-forward failed: what answers speaks no HTTP (HPE_INVALID_CONSTANT)',
    pt: 'o port-forward falhou: o que responde não fala HTTP (HPE_INVALID_CONSTANT)',
  },
  'an API server that hangs up': {
    bad: badAnswers['a reset'],
    en: 'the port-forward failed: the connection was cut (ECONNRESET)',
    pt: 'o port-forward falhou: a conexão foi interrompida (ECONNRESET)',
  },
  'a node that finds nothing on the port': {
    pod: async () => 1,
    en: 'the port-forward failed: “planted: nothing on this port”',
    pt: 'o port-forward falhou: “planted: nothing on this port”',
  },
  'a pod that speaks no HTTP': {
    pod: noHttp,
    en: 'what answers speaks no HTTP (HPE_INVALID_CONSTANT)',
    pt: 'o que responde não fala HTTP (HPE_INVALID_CONSTANT)',
  },
  'a pod that hangs up': {
    pod: cut,
    en: 'the connection was cut (ECONNRESET)',
    pt: 'a conexão foi interrompida (ECONNRESET)',
  },
  'a pod that does not answer': {
    pod: silent,
    en: 'no answer came in time',
    pt: 'nenhuma resposta chegou a tempo',
  },
};

for (const [who, { bad, pod = async () => 1, en, pt }] of Object.entries(broken))
  test(`what ${who} does is said in our words, of a replica and of an agent`, async (context) => {
    const planted = await PlantedApiServer.start(context, await pod(context));
    planted.spoil = (call) => (call.startsWith('FORWARD') ? bad : undefined);
    const address = { namespace: 'study', name: 'one', isGone: () => false };
    const api = planted.connect({ forwardMs: 250 });
    const http = new PodHttp(api, address, 80);
    using relay = await Relay.open(http);
    const replica = await http.call({ path: '/metrics?all' }).catch((cause) => cause);
    assert.ok(replica instanceof EscalaError, String(replica));
    assert.equal(replica.code, 'REPLICA_LOST');
    assert.equal(replica.says.en, `replica one does not answer: /metrics: ${en}`);
    assert.equal(replica.says['pt-BR'], `a réplica one não responde: /metrics: ${pt}`);
    const { url } = relay;
    const agent = { name: 'a', node: null, log: 'log', url, token: 't', trouble: () => relay.trouble };
    const lost = await new AgentClient(agent, new AbortController().signal).state().catch((cause) => cause);
    assert.ok(lost instanceof EscalaError, String(lost));
    assert.equal(lost.says['pt-BR'], `o agente de carga a não responde: /state: ${pt}`);
  });
