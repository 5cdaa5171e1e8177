import { fill, type Language, type Results, sentences } from '@escala/model';
import { pageWidths } from '../drawing/layout.ts';
import { colours } from '../drawing/palette.ts';
import { figures } from '../figures/catalogue.ts';
import type { Figure, FigureContent } from '../figures/kinds/figure.ts';
import { type Element, h, type Markup } from '../markup/element.ts';
import { htmlTable } from '../tables/html.ts';

const pageWords = sentences.report.wordsPage;

/** Every figure with its caption, the sentence that says what to read from it, and its table. */
export function figuresSection(results: Results, language: Language): Element {
  const contents = figures.map((figure) => ({ figure, content: figure.of(results) }));
  const drawn = contents.flatMap(({ figure, content }) => (content ? [{ figure, content }] : []));
  const absent = contents.flatMap(({ figure, content }) => (content ? [] : [figure]));
  return h(
    'section',
    { id: 'figures' },
    h('h2', {}, pageWords.figures[language]),
    drawn.map(({ figure, content }, index) => figureBlock(figure, content, index + 1, language)),
    absent.length > 0 && h('h3', {}, pageWords.notDrawn[language]),
    absent.length > 0 &&
      h(
        'ul',
        {},
        absent.map((figure) => h('li', {}, `${figure.title[language]}: ${figure.absent[language]}`)),
      ),
  );
}

function headline(figure: Figure, number: number, language: Language): string {
  return fill(pageWords.figure, language, { number, title: figure.title[language] });
}

function figureBlock(figure: Figure, content: FigureContent, number: number, language: Language): Element {
  const id = `figure-${figure.name}`;
  const heading = `heading-${figure.name}`;
  const drawn = (size: keyof typeof pageWidths) =>
    forPage(content.draw({ width: pageWidths[size], language }), heading, `${size}-${id}`, size);
  return h(
    'figure',
    { id },
    h('h3', { id: heading }, headline(figure, number, language)),
    drawn('wide'),
    drawn('narrow'),
    h('p', { class: 'reading' }, content.reading(language)),
    h('figcaption', {}, content.caption(language)),
    h(
      'details',
      {},
      h('summary', {}, pageWords.drawnNumbers[language]),
      htmlTable(content.table, figure.name, figure.title[language], language),
    ),
  );
}

const variables = new Map<string, string>(
  Object.entries(colours).map(([name, colour]) => [colour, `var(--${name})`]),
);
const paints = new Set(['fill', 'stroke']);

/**
 * The picture inside the page: its colours follow the style sheet, its ids are its own, its font the page's, and its
 * name is the heading over it.
 */
function forPage(svg: Element, heading: string, prefix: string, size: string): Element {
  const { xmlns: _, 'font-family': __, ...attributes } = svg.attributes;
  const inside = svg.children.map((child) => pageColours(child, prefix));
  return h(
    'svg',
    { ...attributes, class: size, role: 'img', 'aria-labelledby': heading, fill: 'var(--ink)' },
    inside,
  );
}

function pageColours(markup: Markup, prefix: string): Markup {
  if (typeof markup === 'string') return markup;
  const attributes = Object.entries(markup.attributes).map(([name, value]): [string, string] => {
    if (name === 'id') return [name, `${prefix}-${value}`];
    if (value.startsWith('url(#')) return [name, value.replace('url(#', `url(#${prefix}-`)];
    return [name, paints.has(name) ? (variables.get(value) ?? value) : value];
  });
  return {
    ...markup,
    attributes: Object.fromEntries(attributes),
    children: markup.children.map((child) => pageColours(child, prefix)),
  };
}
