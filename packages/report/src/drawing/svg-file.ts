import { type Element, h } from '../markup/element.ts';
import { serialize } from '../markup/serialize.ts';
import { colours } from './palette.ts';

/** The figure as a file of its own, on white, with a title and a description for those who cannot see it. */
export function svgFile(figure: Element, title: string, description: string): string {
  const { viewBox = '0 0 1 1' } = figure.attributes;
  const [, , width = '1', height = '1'] = viewBox.split(' ');
  const background = h('rect', { width, height, fill: colours.paper });
  const complete: Element = {
    ...figure,
    attributes: { ...figure.attributes, role: 'img' },
    children: [h('title', {}, title), h('desc', {}, description), background, ...figure.children],
  };
  return `${serialize(complete, 'xml')}\n`;
}
