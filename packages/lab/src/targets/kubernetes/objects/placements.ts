import type { V1Pod } from '@kubernetes/client-node';

/** How many pods each node carries. */
type Nodes = ReadonlyMap<string, number>;

/**
 * Where the replicas of each number and kind of storage were placed first: blocks that are to be compared should differ
 * in nothing else.
 */
export class Placements {
  readonly #first = new Map<string, Nodes>();

  of(kind: string): Nodes | undefined {
    return this.#first.get(kind);
  }

  /** From an earlier life of the run. */
  remember(kind: string, nodes: Nodes): void {
    if (nodes.size > 0 && !this.#first.has(kind)) this.#first.set(kind, nodes);
  }

  /** Notes where the pods are. Returns how that differs from where the first ones were, as text; else undefined. */
  note(kind: string, pods: readonly V1Pod[]): string | undefined {
    const [now, first] = [nodesOf(pods), this.#first.get(kind)];
    this.remember(kind, now);
    return first && describe(first) !== describe(now)
      ? `${describe(now)}; before: ${describe(first)}`
      : undefined;
  }
}

function nodesOf(pods: readonly V1Pod[]): Nodes {
  const nodes = new Map<string, number>();
  for (const { spec } of pods) {
    const node = spec?.nodeName ?? '';
    nodes.set(node, (nodes.get(node) ?? 0) + 1);
  }
  return nodes;
}

const describe = (nodes: Nodes) =>
  [...nodes]
    .map(([node, count]) => `${node} ×${count}`)
    .sort()
    .join(', ');
