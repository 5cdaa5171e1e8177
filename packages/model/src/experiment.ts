/** Simulated work of the servers, so that scaling shows on a laptop. */
export interface Service {
  readonly timeUs: number;
  readonly parallelism: number;
  readonly kind: 'wait' | 'cpu';
}

/** Rounds that a study may have, in the file or by `--rounds`. */
export const ROUNDS_MAX = 1_000;

/** The systems that need nothing but their name: our server and the two references. */
export const ownSystems = ['node', 'python', 'go'] as const;
export type OwnSystem = (typeof ownSystems)[number];

/** A server under study: one of ours by name, or the user's own command (local) or image (Kubernetes). */
export interface System {
  readonly name: string;
  readonly command?: readonly string[];
  readonly image?: string;
  /** Where the image listens; 8080 where it is absent. */
  readonly port?: number;
  /** `none`: any HTTP service; the audit then says what it cannot prove. */
  readonly ledger: 'api' | 'none';
  /** Path that the clients ask; our API's own where it is absent. */
  readonly path?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What is varied inside a cell besides systems, replicas, clients and messages. */
export interface LoadSettings {
  /** Open loop where it is set, requests/s. */
  readonly ratePerSecond: number | null;
  readonly arrivals: 'poisson' | 'uniform';
  readonly durationUs: number;
  readonly maxConnections: number;
  readonly payloadBytes: number;
  readonly thinkTimeUs: number;
  readonly thinkDistribution: 'fixed' | 'exponential';
  readonly keepAlive: boolean;
  readonly timeoutUs: number;
}

/** Where ledgers lie on a cluster: on one claim, on a claim for each replica, or in the pod itself. */
export const ledgerStorages = ['shared', 'per-replica', 'ephemeral'] as const;
export type LedgerStorage = (typeof ledgerStorages)[number];

/**
 * The cluster's own factors. A level stands here only where the experiment has several: a study with one, which
 * `KubernetesSettings` names, has the same cells as a study on processes, and compares with it.
 */
export interface ClusterLevels {
  readonly storage?: LedgerStorage;
  readonly clientsPerPod?: number;
}

/** One combination of all factors. `key` is its name on disk: `<system>-r<replicas>-c<clients>-m<messages>…`. */
export interface Cell extends LoadSettings, ClusterLevels {
  readonly key: string;
  readonly system: string;
  readonly replicas: number;
  readonly clients: number;
  readonly messages: number;
}

/** A service level: the cell meets it when the percentile of latency (or the share of failures) is below. */
export interface Slo {
  readonly percentile: number | null;
  readonly latencyUs: number | null;
  readonly failureShare: number | null;
}

/** Something done to the system while a cell runs, `atUs` after the agreed instant. */
export interface Fault {
  readonly atUs: number;
  readonly kind: 'kill-replica' | 'roll' | 'stop-node' | 'scale';
  readonly replicas: number | null;
}

/** An experiment as resolved: nothing optional is left, and the manifest holds it word for word. */
export interface Experiment {
  readonly name: string;
  readonly systems: readonly System[];
  readonly replicas: readonly number[];
  readonly clients: readonly number[];
  readonly messages: readonly number[];
  /** Every other factor, as lists of levels; most have one. */
  readonly rate: readonly (number | null)[];
  readonly arrivals: readonly ('poisson' | 'uniform')[];
  readonly durationUs: readonly number[];
  readonly payloadBytes: readonly number[];
  readonly thinkTimeUs: readonly number[];
  readonly thinkDistribution: 'fixed' | 'exponential';
  readonly keepAlive: readonly boolean[];
  readonly timeoutUs: number;
  readonly maxConnections: number;
  readonly service: Service;
  readonly durability: 'sync' | 'async';
  readonly commitDelayUs: number;
  readonly warmupMessages: number;
  /** Processes (local) that share the clients of a cell. Kubernetes uses `clientsPerPod`. */
  readonly agents: number;
  readonly rounds: number;
  readonly seed: number;
  readonly slo: readonly Slo[];
  readonly faults: readonly Fault[];
  readonly kubernetes: KubernetesSettings;
}

/** To which nodes pods may go, in Kubernetes' words. */
export interface Placement {
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly {
    readonly key?: string | undefined;
    readonly operator?: 'Exists' | 'Equal' | undefined;
    readonly value?: string | undefined;
    readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute' | undefined;
    readonly tolerationSeconds?: number | undefined;
  }[];
}

/** What each pod may use and is kept free for it, in Kubernetes' words (`500m`, `256Mi`); null is what the files say. */
export interface PodResources {
  readonly cpu: string | null;
  readonly memory: string | null;
}

/** Settings that only the Kubernetes target reads. */
export interface KubernetesSettings {
  readonly storage: readonly LedgerStorage[];
  readonly storageClass: string | null;
  /** Of the claims; null is what the files say. */
  readonly accessMode: 'ReadWriteOnce' | 'ReadWriteMany' | null;
  readonly resources: PodResources;
  /** These three are absent in runs from before there were such keys. */
  readonly servers?: Placement;
  readonly clients?: Placement & { readonly resources: PodResources };
  readonly collector?: { readonly resources: PodResources };
  readonly clientsPerPod: readonly number[];
  /** How images get to the nodes. `command` runs the user's own words, `{image}` filled in. */
  readonly images: 'kind' | 'minikube' | 'k3d' | 'push' | 'none' | 'command';
  readonly imagesCommand: string | null;
  readonly registry: string | null;
}

/** The levels of the cluster's factors; runs from before they were factors hold the one level by itself. */
export function clusterLevelsOf({
  storage,
  clientsPerPod,
}: Partial<KubernetesSettings>): Pick<KubernetesSettings, 'storage' | 'clientsPerPod'> {
  return { storage: [storage ?? []].flat(), clientsPerPod: [clientsPerPod ?? []].flat() };
}

/** What a block is called: the round, and what its servers have that those of another block have not. */
export interface BlockName extends Pick<ClusterLevels, 'storage'> {
  readonly round: number;
  readonly system: string;
  readonly replicas: number;
}

/** A block is the deployment of one system with one number of replicas; its cells run in the order of `trials`. */
export interface Block extends BlockName {
  readonly trials: readonly PlannedTrial[];
}

/** One cell in one round. `planIndex` counts the trials of the whole study in planned order, from 0. */
export interface PlannedTrial {
  readonly planIndex: number;
  readonly round: number;
  readonly cell: Cell;
}
