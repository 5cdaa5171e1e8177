import { EscalaError, fillEach, type Sentence, type System, sentences } from '@escala/model';
import type { V1Service, V1ServicePort } from '@kubernetes/client-node';
import type { ClusterApi } from '../api/cluster-api.ts';
import { pathOf } from '../objects/names.ts';
import type { ScaledWorkload } from './scaled-workload.ts';

const words = sentences.lab.kubernetesService;

/** The Service that a system names, and its port where there is more than one. */
interface ServiceName {
  readonly system: string;
  readonly service: string;
  readonly port?: string;
  /** Given where its clients speak TLS. */
  readonly tls?: System['tls'];
}

/**
 * The URL of the Service before a workload.
 * @throws EscalaError SERVICE_UNFIT with the reason why clients that ask it would not meet the workload's pods.
 */
export async function urlOfService(
  api: ClusterApi,
  { system, service, port, tls }: ServiceName,
  { title, namespace, podLabels }: ScaledWorkload,
): Promise<string> {
  const fieldSelector = `metadata.name=${service}`;
  const [found] = await api.list<V1Service>(pathOf('Service', namespace), { fieldSelector });
  const unfit = (detail: Sentence) =>
    new EscalaError('SERVICE_UNFIT', { service, workload: title, system, namespace, detail });
  if (!found) throw unfit(fillEach(words.absent, { namespace }));
  const { clusterIP, selector, ports = [] } = found.spec ?? {};
  if (clusterIP === 'None') throw unfit(words.headless);
  if (!selector || Object.keys(selector).length === 0) throw unfit(words.noSelector);
  if (podLabels && !selects(selector, podLabels))
    throw unfit(
      fillEach(words.otherPods, { selector: told(selector), workload: title, labels: told(podLabels) }),
    );
  const known = ports.map(({ name, port }) => (name ? `${name} (${port})` : String(port))).join(', ');
  if (port === undefined && ports.length > 1) throw unfit(fillEach(words.severalPorts, { known }));
  const chosen = port === undefined ? ports[0] : ports.find((one) => isNamed(one, port));
  if (!chosen) throw unfit(fillEach(words.noPort, { port: port ?? '', known }));
  return `http${tls ? 's' : ''}://${service}.${namespace}.svc:${chosen.port}`;
}

const isNamed = (one: V1ServicePort, port: string) => one.name === port || String(one.port) === port;

export function selects(
  selector: Readonly<Record<string, string>> | undefined,
  labels: Readonly<Record<string, string>>,
): boolean {
  const wanted = Object.entries(selector ?? {});
  return wanted.length > 0 && wanted.every(([label, value]) => labels[label] === value);
}

export const told = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels)
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
