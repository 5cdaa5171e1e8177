import { type Document, isMap } from 'yaml';

/** Keys and indices from the top of the file to a value. */
export type Path = readonly (string | number)[];

/** Where the key or value at `path` begins, in characters; of a missing one, where its parent does. */
export function offsetOf(document: Document, path: Path): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const parent = depth === 0 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const key = path[depth - 1];
    const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === String(key)) : undefined;
    const node = (pair?.key ?? (depth === 0 ? parent : document.getIn(path.slice(0, depth), true))) as
      | { range?: [number, number, number] }
      | undefined;
    if (node?.range) return node.range[0];
  }
  return 0;
}
