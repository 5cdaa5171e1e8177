import { EscalaError, fillEach, type Sentence, sentences } from '@escala/model';
import type { V1Container, V1Pod, V1Service, V1ServicePort } from '@kubernetes/client-node';
import type { DeployedName, DeployedWorkload } from '../../contract/row.ts';
import type { ClusterApi } from '../api/cluster-api.ts';
import { unlessDenied } from '../api/rights.ts';
import { nameOf, pathOf } from '../objects/names.ts';
import { ApiKinds } from './kinds.ts';
import { orAbsent, ScaledWorkload } from './scaled-workload.ts';
import { selects, told } from './service.ts';

const words = sentences.lab.deployedWorkload;

/** Kinds that are looked for where a name alone was given. */
const usual = { deployment: 'Deployment', statefulset: 'StatefulSet' } as const;
const usualKinds = ['deployment', 'statefulset'] as const;

/**
 * Reads what an experiment of a workload that runs already has to say of it, and changes nothing.
 * @throws EscalaError DEPLOYED_UNFIT with the reason why no study could measure it; WORKLOAD_BUSY, RIGHT_MISSING.
 */
export async function readDeployed(api: ClusterApi, given: DeployedName): Promise<DeployedWorkload> {
  const { namespace } = given;
  const unfit = (detail: string | Sentence, workload = `${given.kind ?? usualKinds[0]}/${given.name}`) =>
    new EscalaError('DEPLOYED_UNFIT', { workload, namespace, detail });
  const workload = await findWorkload(api, given, unfit);
  const [object, scale] = await Promise.all([
    api.json<{ spec?: { template?: V1Pod } }>('GET', workload.path),
    api.json<{ spec?: { replicas?: number } }>('GET', `${workload.path}/scale`),
  ]);
  const services = await servicesOf(api, workload, unfit);
  const [service, ...others] = services as [V1Service, ...V1Service[]];
  const [port, ...otherPorts] = byLikeness(service.spec?.ports ?? [], likenessOfPort);
  if (!port) throw unfit(fillEach(words.noPort, { service: nameOf(service) }));
  return {
    namespace,
    workload: workload.title,
    replicas: scale.spec?.replicas ?? 0,
    autoscaler: await unlessDenied(workload.autoscaler(), undefined),
    service: nameOf(service),
    otherServices: others.map(nameOf),
    port: titleOfPort(port),
    portNumber: port.port,
    otherPorts: otherPorts.map(titleOfPort),
    isTls: isTls(port),
    probedPath: probedPath(object.spec?.template?.spec?.containers ?? [], port),
  };
}

type Unfit = (detail: string | Sentence, workload?: string) => EscalaError;

async function findWorkload(api: ClusterApi, given: DeployedName, unfit: Unfit): Promise<ScaledWorkload> {
  const { namespace, name } = given;
  const workload = `${given.kind ?? (await kindOf(api, given, unfit))}/${name}`;
  try {
    const found = await ScaledWorkload.find(api, new ApiKinds(api), { system: name, namespace, workload });
    await found.requireFree({ run: '', isResumed: false });
    return found;
  } catch (cause) {
    if (!(cause instanceof EscalaError) || cause.code !== 'WORKLOAD_UNFIT') throw cause;
    throw unfit(cause.values['detail'] as Sentence, workload);
  }
}

/** Of which of the usual kinds a workload of this name is there. */
async function kindOf(api: ClusterApi, { namespace, name }: DeployedName, unfit: Unfit): Promise<string> {
  const found = await Promise.all(
    usualKinds.map((kind) => orAbsent(api.json('GET', `${pathOf(usual[kind], namespace)}/${name}`))),
  );
  const [kind, second] = usualKinds.filter((_kind, index) => found[index]);
  if (second) throw unfit(fillEach(words.twoKinds, { namespace, name }));
  if (kind) return kind;
  const there = await Promise.all(
    usualKinds.map(async (kind) =>
      (await unlessDenied(api.list(pathOf(usual[kind], namespace)), [])).map(
        (one) => `${kind}/${nameOf(one)}`,
      ),
    ),
  );
  throw unfit(fillEach(words.notThere, { namespace, known: there.flat().join(', ') || '–' }));
}

/** The Services with an address that send to the workload's pods, the likeliest first. */
async function servicesOf(api: ClusterApi, workload: ScaledWorkload, unfit: Unfit): Promise<V1Service[]> {
  const { namespace, title, name, podLabels = {} } = workload;
  const all = await api.list<V1Service>(pathOf('Service', namespace));
  const own = all.filter(({ spec }) => selects(spec?.selector, podLabels));
  const found = own.filter(({ spec }) => spec?.clusterIP !== 'None');
  if (found.length === 0) {
    const values = {
      workload: title,
      namespace,
      labels: told(podLabels),
      headless: own.map(nameOf).join(', '),
    };
    throw unfit(fillEach(own.length > 0 ? words.onlyHeadless : words.noService, values), title);
  }
  const likeness = (one: V1Service) =>
    (nameOf(one) === name ? 1 : 0) + Math.max(...(one.spec?.ports ?? []).map(likenessOfPort), 0);
  return byLikeness(found, likeness);
}

/** The one that is likeliest meant first, the others as they were. */
function byLikeness<T>(all: readonly T[], likeness: (one: T) => number): T[] {
  return all.toSorted((a, b) => likeness(b) - likeness(a));
}

/** How much a port looks like one that answers HTTP. */
function likenessOfPort({ name = '', port, protocol = 'TCP', appProtocol }: V1ServicePort): number {
  if (protocol !== 'TCP') return -2;
  if (/^https?$/i.test(appProtocol ?? name)) return isTls({ name, port }) ? 2 : 3;
  if (/grpc|metrics|admin|debug/i.test(name)) return -1;
  return /http|web|api/i.test(name) || [80, 8080, 443].includes(port) ? 1 : 0;
}

const isTls = ({ name = '', port, appProtocol }: V1ServicePort) =>
  /^https$/i.test(appProtocol ?? name) || (name === '' && port === 443);

const titleOfPort = ({ name, port }: V1ServicePort) => name ?? String(port);

/** What the readiness probe asks on the port behind the Service's, which answers with 2xx where the pod is ready. */
function probedPath(containers: readonly V1Container[], { port, targetPort = port }: V1ServicePort) {
  for (const { ports = [], readinessProbe } of containers) {
    const numberOf = (place: unknown) =>
      ports.find(({ name }) => name !== undefined && name === place)?.containerPort ?? place;
    const { path = '/', port } = readinessProbe?.httpGet ?? {};
    if (port !== undefined && String(numberOf(port)) === String(numberOf(targetPort))) return path;
  }
  return undefined;
}
