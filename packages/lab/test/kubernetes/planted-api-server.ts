import { EventEmitter } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { type Experiment, systemClock } from '@escala/model';
import { listen } from '../../../../test/listen.ts';
import { parseExperiment } from '../../src/index.ts';
import type { Placed } from '../../src/targets/contract/row.ts';
import { ClusterAccess } from '../../src/targets/kubernetes/api/cluster-access.ts';
import { type ApiPatience, ClusterApi } from '../../src/targets/kubernetes/api/cluster-api.ts';
import { KubernetesTarget } from '../../src/targets/kubernetes/target.ts';
import type { BadAnswer } from './planted-answers.ts';
import { forwardPlanted } from './planted-websocket.ts';

interface PlantedObject {
  kind: string;
  stringData?: Record<string, string>;
  metadata: {
    name: string;
    labels?: Record<string, string>;
    resourceVersion?: string;
    deletionTimestamp?: string;
  };
  spec?: {
    replicas?: number;
    parallelism?: number;
    template?: PlantedObject;
    nodeName?: string;
    resourceAttributes?: Record<string, string>;
  };
  status?: object;
}

const podMakers = ['deployments', 'statefulsets', 'jobs'];

/**
 * A pretend API server that keeps objects, makes pods that are ready at once, tells of changes, and forwards every pod's
 * port to one of this machine. `spoil` names calls that are answered badly instead.
 */
export class PlantedApiServer {
  /** Every call, as `VERB path` with each name as `*`, in order. */
  readonly calls: string[] = [];
  readonly objects = new Map<string, PlantedObject>();
  port = 0;
  /** Where new pods go. */
  node = 'one';
  /** Whether a right is denied, as `verb resource` with a namespace's name or `*` behind it. */
  isDenied: (right: string) => boolean = () => false;
  spoil: (call: string, count: number) => BadAnswer | undefined = () => undefined;
  readonly #changes = new EventEmitter().setMaxListeners(0);
  #version = 0;
  close: () => void = () => undefined;

  private constructor() {
    for (const name of ['one', 'two'])
      this.put(`/api/v1/nodes/${name}`, {
        kind: 'Node',
        metadata: { name },
        status: { allocatable: { cpu: '4' }, conditions: [{ type: 'Ready', status: 'True' }] },
      });
  }

  static async start(context: TestContext, podPort: number): Promise<PlantedApiServer> {
    const planted = new PlantedApiServer();
    const server = createServer((request, response) => void planted.#answer(request, response));
    server.on('upgrade', (request, socket) => {
      const bad = planted.#bad(request);
      if (!bad) return forwardPlanted(request, socket, podPort);
      const response = { socket } as unknown as ServerResponse;
      bad(request, response);
    });
    planted.port = await listen(context, server);
    planted.close = () => server.close().closeAllConnections();
    return planted;
  }

  connect(patience?: Partial<ApiPatience>): ClusterApi {
    const entry = (value: object) => ({
      name: 'planted',
      file: '/planted',
      value: value as Record<string, unknown>,
    });
    const cluster = entry({ server: `http://127.0.0.1:${this.port}` });
    return new ClusterApi(new ClusterAccess({ context: 'planted', cluster, user: entry({}) }), patience);
  }

  put(path: string, object: PlantedObject): PlantedObject {
    const isNew = !this.objects.has(path);
    object.metadata.resourceVersion = String(++this.#version);
    if (object.kind === 'Pod') object.status = { ...readyStatus, podIP: object.metadata.name };
    this.objects.set(path, object);
    this.#changes.emit('change', { path, type: isNew ? 'ADDED' : 'MODIFIED', object });
    this.#makePods(path, object);
    return object;
  }

  #makePods(path: string, { metadata, spec }: PlantedObject): void {
    const [kind = '', name = ''] = path.split('/').slice(-2);
    if (!podMakers.includes(kind) || !spec?.template) return;
    const namespace = /namespaces\/([^/]+)/.exec(path)?.[1] ?? '';
    const run = metadata.labels?.['escala/run'] ?? '';
    for (let at = 0; at < (spec.replicas ?? spec.parallelism ?? 1); at++) {
      const pod = `/api/v1/namespaces/${namespace}/pods/${name}-${at}`;
      const labels = { ...spec.template.metadata.labels, 'escala/run': run };
      if (!this.objects.has(pod))
        this.put(pod, {
          kind: 'Pod',
          metadata: { name: `${name}-${at}`, labels },
          spec: { ...spec.template.spec, nodeName: this.node },
        });
    }
  }

  #remove(path: string): boolean {
    const object = this.objects.get(path);
    if (!object) return false;
    for (const pod of this.objects.keys()) {
      const isOwn = /\/pods\//.test(pod) && pod.includes(`/pods/${object.metadata.name}-`);
      if (isOwn && podMakers.includes(path.split('/').at(-2) ?? '')) this.#remove(pod);
      if (pod.startsWith(`${path}/`)) this.#remove(pod);
    }
    this.objects.delete(path);
    this.#changes.emit('change', { path, type: 'DELETED', object });
    return true;
  }

  #bad(request: IncomingMessage): BadAnswer | undefined {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://planted');
    const names =
      /(namespaces|pods|nodes|deployments|statefulsets|jobs|secrets|leases|services|networkpolicies|persistentvolumeclaims)\/[^/]+/g;
    const verb = searchParams.has('watch')
      ? 'WATCH'
      : request.headers.upgrade
        ? 'FORWARD'
        : (request.method ?? '');
    const call = `${verb} ${pathname.replace(names, '$1/*')}`;
    this.calls.push(call);
    return this.spoil(call, this.calls.filter((one) => one === call).length);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const { pathname, searchParams } = new URL(url, 'http://planted');
    const bad = this.#bad(request);
    if (bad) return bad(request, response);
    const body = method === 'GET' ? undefined : ((await json(request)) as PlantedObject);
    const send = (status: number, value: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (pathname === '/version') send(200, { gitVersion: 'v1.34.0-planted' });
    else if (pathname.endsWith('/selfsubjectaccessreviews')) {
      const { verb, resource, subresource, namespace = '*' } = body?.spec?.resourceAttributes ?? {};
      const allowed = !this.isDenied(`${verb} ${resource}${subresource && `/${subresource}`} ${namespace}`);
      send(201, { kind: 'SelfSubjectAccessReview', metadata: {}, status: { allowed } });
    } else if (/\/(proxy|log)(\/|$)/.test(pathname)) response.end('planted text\n');
    else if (method === 'POST')
      send(201, this.put(`${pathname}/${body?.metadata.name}`, body as PlantedObject));
    else if (method === 'PATCH')
      send(200, this.put(pathname, { ...this.objects.get(pathname), ...(body as PlantedObject) }));
    else if (method === 'DELETE') this.#remove(pathname) ? send(200, done) : send(404, notFound);
    else if (searchParams.has('watch')) this.#watch(pathname, searchParams, response);
    else
      send(200, {
        kind: 'List',
        metadata: { resourceVersion: String(this.#version) },
        items: this.#list(pathname, searchParams),
      });
  }

  #list(path: string, query: URLSearchParams): PlantedObject[] {
    if (path.endsWith('/endpointslices')) return [this.#endpoints(path.split('/').at(-2) ?? '')];
    const name = query.get('fieldSelector')?.replace('metadata.name=', '');
    return [...this.objects]
      .filter(([key]) => key.startsWith(`${path}/`) && !key.slice(path.length + 1).includes('/'))
      .map(([, object]) => object)
      .filter((object) => isMatch(object, query) && (name === undefined || object.metadata.name === name));
  }

  /** Behind every Service stand the pods that a Deployment or a StatefulSet made. */
  #endpoints(namespace: string): PlantedObject & { endpoints: object[] } {
    const servers = [...this.objects].filter(
      ([key, { metadata }]) =>
        key.startsWith(`/api/v1/namespaces/${namespace}/pods/`) &&
        metadata.labels?.['escala/block'] !== undefined,
    );
    const endpoints = servers.map(([, { metadata }]) => ({ addresses: [metadata.name] }));
    return { kind: 'EndpointSlice', metadata: { name: 'planted' }, endpoints };
  }

  #watch(path: string, query: URLSearchParams, response: ServerResponse): void {
    const tell = (change: { path: string; type: string; object: PlantedObject }) => {
      if (!change.path.startsWith(`${path}/`) || !isMatch(change.object, query)) return;
      response.write(`${JSON.stringify({ type: change.type, object: change.object })}\n`);
    };
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    const since = Number(query.get('resourceVersion'));
    for (const [key, object] of this.objects)
      if (Number(object.metadata.resourceVersion) > since) tell({ path: key, type: 'ADDED', object });
    this.#changes.on('change', tell);
    response.on('close', () => this.#changes.off('change', tell));
  }
}

function isMatch({ metadata }: PlantedObject, query: URLSearchParams): boolean {
  const words = query.get('labelSelector')?.split(',') ?? [];
  return words.every((word) => {
    const [name = '', value] = word.split('=');
    return metadata.labels?.[name] === value;
  });
}

/** One replica and one client. */
export const plantedExperiment = parseExperiment(
  'replicas: 1\nclients: 1\nmessages: 1\nkubernetes: { images: none }',
  'study.yaml',
);

/** Its study, in a namespace of its own where none is given. */
export function plantedStudy(
  api: ClusterApi,
  namespace: string | undefined,
  placed: readonly Placed[] = [],
  experiment: Experiment = plantedExperiment,
): KubernetesTarget {
  return new KubernetesTarget({
    run: '20261120t120000-planted',
    experiment,
    clock: systemClock,
    signal: new AbortController().signal,
    kind: false,
    isResumed: false,
    placed,
    context: 'planted',
    namespace,
    connect: () => api,
  });
}

const readyStatus = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
const done = { kind: 'Status', status: 'Success' };
const notFound = { kind: 'Status', status: 'Failure', code: 404, reason: 'NotFound', message: 'not found' };
