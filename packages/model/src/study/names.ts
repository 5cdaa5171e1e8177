import { sentences } from '../sentences/sentences.ts';

/** Versions of our JSON files. A reader refuses another one. */
export const manifestVersion = 1;
export const trialRecordVersion = 1;
export const resultsVersion = 1;

/** Rounds that a study may have, in the file or by `--rounds`. */
export const ROUNDS_MAX = 1_000;

/** The systems that need nothing but their name: our server and the two references. */
export const ownSystems = ['node', 'python', 'go'] as const;
export type OwnSystem = (typeof ownSystems)[number];

/** Where ledgers lie on a cluster: on one claim, on a claim for each replica, or in the pod itself. */
export const ledgerStorages = ['shared', 'per-replica', 'ephemeral'] as const;
export type LedgerStorage = (typeof ledgerStorages)[number];

/** How little pods may do in a namespace, by the names of Kubernetes' PodSecurity; each takes what the ones before take. */
export const podSecurityLevels = ['restricted', 'baseline', 'privileged'] as const;
export type PodSecurityLevel = (typeof podSecurityLevels)[number];

export const verdicts = ['VALID', 'SUSPECT', 'INVALID'] as const;
export type Verdict = (typeof verdicts)[number];

/** An audit exists where the catalogue has words for it; the results name audits in this order. */
export type AuditName = keyof typeof sentences.report.audits;
export const auditNames = Object.keys(sentences.report.audits) as readonly AuditName[];

/**
 * What limits a trial or a cell: its clients, the processors of a machine that was full, or the servers (more clients
 * gain nothing); in transition, more clients give more.
 */
export const regimes = ['client-limited', 'machine-limited', 'transition', 'saturated', 'unknown'] as const;
export type Regime = (typeof regimes)[number];

/** What a study can be asked, in the order in which an answer gives them. */
export const questions = ['slo', 'faults', 'systems', 'replicas', 'load', 'factors', 'level'] as const;
export type Question = (typeof questions)[number];

/**
 * What keeps the throughput of a cell from growing; `unknown` where nothing that was measured was full. Where several were,
 * the first of them is told.
 */
export const limitNames = [
  'memory',
  'pods',
  'neighbours',
  'machine',
  'service',
  'one-replica',
  'generator',
  'generator-disk',
  'rate',
  'clients',
  'processor',
  'shared',
  'unknown',
] as const;
export type LimitName = (typeof limitNames)[number];
