import type { ExperimentInput } from '../../packages/lab/src/experiment/schema.ts';

/** `fallback` is the default as a person would write it; a test holds it against the schema. `example` is YAML. */
export interface KeyNotes {
  readonly fallback: string | null;
  readonly example: string;
  /** What the one line of the schema cannot say. */
  readonly more?: string;
}

/** Every key of an experiment: the compiler refuses a missing one and one too many. */
export const experimentKeys: Readonly<Record<keyof ExperimentInput, KeyNotes>> = {
  name: { fallback: 'study', example: 'name: checkout-service' },
  systems: {
    fallback: '[node]',
    example: 'systems: [node, {name: mine, command: [./my-server]}]',
    more: 'A name alone is one of ours. What a system of your own can say is [below](#a-system-of-your-own).',
  },
  replicas: {
    fallback: null,
    example: 'replicas: [1, 2, 4, 8]',
    more: 'Each level is deployed anew in each round. `as-is` is for a `url`: nothing of it is started or changed, and “1 replica” stands for all of it.',
  },
  clients: { fallback: null, example: 'clients: [10, 50]' },
  messages: {
    fallback: null,
    example: 'messages: 100',
    more: 'From 20 requests per client on a cell is a steady state; below that it is a burst.',
  },
  rate: {
    fallback: null,
    example: 'rate: [200, 400]',
    more: 'Makes the loop [open](../explanation/loops.md); then `clients` and `messages` say nothing and take one level each.',
  },
  arrivals: { fallback: 'poisson', example: 'arrivals: uniform' },
  duration: { fallback: '10s', example: 'duration: 30s' },
  maxConnections: { fallback: '10000', example: 'maxConnections: 500' },
  payload: { fallback: '0', example: 'payload: [0, 4KiB]' },
  thinkTime: { fallback: '0', example: 'thinkTime: 20ms' },
  thinkDistribution: { fallback: 'fixed', example: 'thinkDistribution: exponential' },
  keepAlive: { fallback: 'true', example: 'keepAlive: [true, false]' },
  timeout: { fallback: '10s', example: 'timeout: 2s' },
  question: {
    fallback: null,
    example: 'question: replicas',
    more: 'Where it is absent the factors tell: a service level asks whether it is met, several systems which is best, several replicas how far they help. A list is answered in its order.',
  },
  service: {
    fallback: '{time: 0, parallelism: 1, kind: wait}',
    example: 'service: {time: 1ms, parallelism: 1, kind: wait}',
    more: 'Only servers that read `SERVICE_TIME` can do it: ours, and the two references.',
  },
  durability: {
    fallback: 'sync',
    example: 'durability: async',
    more: '`async`: written, and flushed when the system likes. [Durability](../explanation/durability.md) says what that costs.',
  },
  commitDelay: { fallback: '0', example: 'commitDelay: 2ms' },
  warmup: {
    fallback: '2',
    example: 'warmup: 20',
    more: 'The first cell on new servers gets ten times as many.',
  },
  agents: { fallback: 'auto', example: 'agents: 1', more: '`auto`: one for each core.' },
  rounds: {
    fallback: '1',
    example: 'rounds: 5',
    more: 'One gives no intervals. [Why rounds](../explanation/rounds.md).',
  },
  seed: { fallback: '1', example: 'seed: 7', more: 'The same seed gives the same plan.' },
  slo: {
    fallback: '[]',
    example: 'slo: [{p95: 50ms, failures: 1%}]',
    more: 'Each entry of `p50`, `p90`, `p95`, `p99` (durations) and `failures` (a share) is judged on its own.',
  },
  faults: {
    fallback: '[]',
    example: 'faults: [{at: 500ms, kind: kill-replica}]',
    more: 'On local processes only `kill-replica`. On a cluster also `roll` (a rolling update), `scale` (to `replicas`) and `stop-node`.',
  },
  kubernetes: {
    fallback: '{}',
    example: 'kubernetes: {storage: per-replica, images: kind}',
    more: 'Read by the cluster targets only; see [below](#settings-of-the-kubernetes-target).',
  },
};
