import { type Sentence, sentences } from '@escala/model';
import type { KubernetesObject, V1LimitRange, V1Node, V1Pod, V1ResourceQuota } from '@kubernetes/client-node';
import type { TargetPlace } from '../../contract/row.ts';
import type { Finding } from '../../contract/tools.ts';
import type { ClusterApi } from '../api/cluster-api.ts';
import { deniedRights, describeRight, isNeeded, type Right, rightsOf } from '../api/rights.ts';
import { nodeFindings } from './node-findings.ts';
import { quotaFindings } from './quota-findings.ts';

const words = sentences.lab.checkup;

/** What each optional right of the two files is for. */
const optional: Readonly<Record<string, Sentence>> = sentences.lab.checkup.optional;

/** Looks at a cluster as a study would, and changes nothing. */
export async function checkCluster(
  api: ClusterApi,
  { namespace, deployed }: Pick<TargetPlace, 'namespace' | 'deployed'>,
): Promise<Finding[]> {
  const version = await api.version();
  const wide = await deniedRights(api, await rightsOf('cluster-role', null));
  const file = deployed === undefined ? 'role' : 'agents';
  const inside = await deniedRights(api, await rightsOf(file, namespace ?? null));
  return [
    { status: 'ok', says: words.clusterKubernetes, values: { context: api.context, version } },
    rightsFinding(inside.filter(isNeeded), { file, namespace }),
    ...(deployed === undefined ? [] : await deployedFindings(api, deployed)),
    ...missingExtras([...wide, ...inside.filter((right) => !isNeeded(right))], namespace),
    ...(await nodesAndPods(api, wide)),
    ...(await quotas(api, inside, namespace)),
    ...(await storageFinding(api, wide)),
  ];
}

/** In the namespace of a workload that runs already; without rights that explain alone, as elsewhere, one is warned. */
async function deployedFindings(api: ClusterApi, namespace: string): Promise<Finding[]> {
  const denied = await deniedRights(api, await rightsOf('deployed', namespace));
  const needed = denied.filter(isNeeded);
  const finding = rightsFinding(needed, { file: 'deployed', namespace });
  return [
    finding,
    ...missingExtras(
      denied.filter((right) => !isNeeded(right)),
      namespace,
    ),
  ];
}

function rightsFinding(
  denied: readonly Right[],
  { file, namespace }: { file: string; namespace: string | undefined },
): Finding {
  if (denied.length === 0) {
    return { status: 'ok', says: words.everyRightThatA, values: { file } };
  }
  const says = words.rightsAreMissing;
  const ofItsOwn = words.aStudyInA;
  const rights = denied.map(describeRight).join(', ');
  return { status: 'fail', says: namespace === undefined ? ofItsOwn : says, values: { rights, file } };
}

function missingExtras(denied: readonly Right[], namespace: string | undefined): Finding[] {
  return Object.entries(optional).flatMap(([path, says]): Finding[] => {
    const these = denied.filter(
      ({ resource, subresource }) => `${resource}${subresource && `/${subresource}`}` === path,
    );
    if (these.length === 0) return [];
    const isInNeed = path === 'namespaces' && namespace === undefined;
    return [
      { status: isInNeed ? 'fail' : 'warn', says, values: { rights: these.map(describeRight).join(', ') } },
    ];
  });
}

async function nodesAndPods(api: ClusterApi, denied: readonly Right[]): Promise<Finding[]> {
  if (denied.some(({ resource, subresource }) => resource === 'nodes' && subresource === '')) return [];
  const nodes = await api.list<V1Node>('/api/v1/nodes');
  const mayListPods = !denied.some(({ resource }) => resource === 'pods');
  return nodeFindings(nodes, mayListPods ? await api.list<V1Pod>('/api/v1/pods') : null);
}

/** A namespace of the study's own has none. */
async function quotas(
  api: ClusterApi,
  denied: readonly Right[],
  namespace: string | undefined,
): Promise<Finding[]> {
  if (namespace === undefined) return [];
  const mayList = (name: string) => !denied.some(({ resource }) => resource === name);
  const path = `/api/v1/namespaces/${namespace}`;
  return quotaFindings(
    mayList('resourcequotas') ? await api.list<V1ResourceQuota>(`${path}/resourcequotas`) : [],
    mayList('limitranges') ? await api.list<V1LimitRange>(`${path}/limitranges`) : [],
  );
}

async function storageFinding(api: ClusterApi, denied: readonly Right[]): Promise<Finding[]> {
  if (denied.some(({ resource }) => resource === 'storageclasses')) return [];
  const classes = await api.list<KubernetesObject>('/apis/storage.k8s.io/v1/storageclasses');
  const isDefault = (name: string) => name === 'storageclass.kubernetes.io/is-default-class';
  const found = classes.find(({ metadata }) =>
    Object.entries(metadata?.annotations ?? {}).some(([name, value]) => isDefault(name) && value === 'true'),
  );
  if (found) {
    const says = words.defaultStorageClass;
    return [{ status: 'ok', says, values: { name: found.metadata?.name ?? '' } }];
  }
  const says = words.noDefaultStorageClass;
  return [{ status: 'warn', says, values: {} }];
}
