import { type Element, h } from '../markup/element.ts';

const idOf = (name: string) => `${name}-hatch`;

/** Fill of a mark that is hatched; the figure `name` holds the definition. */
export function hatchFill(name: string): string {
  return `url(#${idOf(name)})`;
}

/** Slanted white lines with dark ones beside them, so that they are seen on any colour. */
export function hatch(name: string): Element {
  const size = 7;
  const slant = `M-1,1l2,-2M0,${size}l${size},-${size}M${size - 1},${size + 1}l2,-2`;
  return h(
    'pattern',
    { id: idOf(name), width: size, height: size, patternUnits: 'userSpaceOnUse' },
    h('path', { d: slant, stroke: '#fffffe', 'stroke-width': 1.6, 'stroke-opacity': 0.55 }),
    h('path', { d: slant, stroke: '#1a1a19', 'stroke-width': 0.6, 'stroke-opacity': 0.55 }),
  );
}
