import type { Sentence, SentenceValues } from '@escala/model';
import type { KubernetesObject, V1Node, V1Pod } from '@kubernetes/client-node';
import type { ClusterApi } from './cluster-api.ts';
import { nodeFindings } from './node-findings.ts';
import { deniedRights, describeRight, type Right, rightsOf } from './rights.ts';

/** One line of `escala doctor`. `warn` switches one thing off; `fail` keeps a study from running. */
export interface Finding {
  readonly status: 'ok' | 'warn' | 'fail';
  readonly says: Sentence;
  readonly values: SentenceValues;
}

/** What each optional right of cluster-role.yaml is for. */
const optional: Readonly<Record<string, Sentence>> = {
  namespaces: {
    en: 'a study cannot make its own namespace ({rights}); give one with --namespace',
    'pt-BR': 'um estudo não pode criar o próprio namespace ({rights}); indique um com --namespace',
  },
  nodes: {
    en: 'the number of nodes stays unknown ({rights})',
    'pt-BR': 'o número de nós fica desconhecido ({rights})',
  },
  pods: {
    en: 'the free processors stay unknown ({rights})',
    'pt-BR': 'os processadores livres ficam desconhecidos ({rights})',
  },
  'nodes/proxy': {
    en: 'there are no samples of processor and memory ({rights})',
    'pt-BR': 'não há amostras de processador e memória ({rights})',
  },
  storageclasses: {
    en: 'storage classes cannot be checked beforehand ({rights})',
    'pt-BR': 'as classes de armazenamento não podem ser conferidas antes ({rights})',
  },
};

/** Looks at a cluster as a study would, and changes nothing. */
export async function checkCluster(api: ClusterApi, namespace: string | undefined): Promise<Finding[]> {
  const version = await api.version();
  const wide = await deniedRights(api, await rightsOf('cluster-role', null));
  const needed = await deniedRights(api, await rightsOf('role', namespace ?? null));
  return [
    {
      status: 'ok',
      says: {
        en: 'cluster {context}, Kubernetes {version}',
        'pt-BR': 'cluster {context}, Kubernetes {version}',
      },
      values: { context: api.context, version },
    },
    rightsFinding(needed),
    ...missingExtras(wide, namespace),
    ...(await nodesAndPods(api, wide)),
    ...(await storageFinding(api, wide)),
  ];
}

function rightsFinding(denied: readonly Right[]): Finding {
  if (denied.length === 0) {
    return {
      status: 'ok',
      says: { en: 'every right of rights/role.yaml', 'pt-BR': 'todos os direitos de rights/role.yaml' },
      values: {},
    };
  }
  return {
    status: 'fail',
    says: { en: 'rights are missing: {rights}', 'pt-BR': 'faltam direitos: {rights}' },
    values: { rights: denied.map(describeRight).join(', ') },
  };
}

function missingExtras(denied: readonly Right[], namespace: string | undefined): Finding[] {
  return Object.entries(optional).flatMap(([path, says]): Finding[] => {
    const these = denied.filter(
      ({ resource, subresource }) => `${resource}${subresource && `/${subresource}`}` === path,
    );
    if (these.length === 0) return [];
    const isNeeded = path === 'namespaces' && namespace === undefined;
    return [
      { status: isNeeded ? 'fail' : 'warn', says, values: { rights: these.map(describeRight).join(', ') } },
    ];
  });
}

async function nodesAndPods(api: ClusterApi, denied: readonly Right[]): Promise<Finding[]> {
  if (denied.some(({ resource, subresource }) => resource === 'nodes' && subresource === '')) return [];
  const nodes = await api.list<V1Node>('/api/v1/nodes');
  const mayListPods = !denied.some(({ resource }) => resource === 'pods');
  return nodeFindings(nodes, mayListPods ? await api.list<V1Pod>('/api/v1/pods') : null);
}

async function storageFinding(api: ClusterApi, denied: readonly Right[]): Promise<Finding[]> {
  if (denied.some(({ resource }) => resource === 'storageclasses')) return [];
  const classes = await api.list<KubernetesObject>('/apis/storage.k8s.io/v1/storageclasses');
  const isDefault = (name: string) => name === 'storageclass.kubernetes.io/is-default-class';
  const found = classes.find(({ metadata }) =>
    Object.entries(metadata?.annotations ?? {}).some(([name, value]) => isDefault(name) && value === 'true'),
  );
  if (found) {
    const says = { en: 'default storage class {name}', 'pt-BR': 'classe de armazenamento padrão {name}' };
    return [{ status: 'ok', says, values: { name: found.metadata?.name ?? '' } }];
  }
  const says = {
    en: 'no default storage class: name one in kubernetes.storageClass, or use storage: ephemeral',
    'pt-BR':
      'sem classe de armazenamento padrão: indique uma em kubernetes.storageClass, ou use storage: ephemeral',
  };
  return [{ status: 'warn', says, values: {} }];
}
