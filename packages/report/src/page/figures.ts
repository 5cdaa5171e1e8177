import { fill, type Language, type Results, runFiles, sentences } from '@escala/model';
import { pageWidths } from '../drawing/layout.ts';
import { colours } from '../drawing/palette.ts';
import { figureFiles, figures } from '../figures/catalogue.ts';
import type { Figure, FigureContent } from '../figures/kinds/figure.ts';
import { type Child, type Element, h, type Markup } from '../markup/element.ts';
import { htmlTable } from '../tables/html.ts';

const pageWords = sentences.report.wordsPage;

interface Drawn {
  readonly figure: Figure;
  readonly content: FigureContent;
}

/** The figures of the page: the first stands beside the answer, the others by the question that they are about. */
export interface PageFigures {
  readonly first: Drawn | null;
  readonly others: readonly Drawn[];
  readonly absent: readonly Figure[];
}

export function pageFigures(results: Results): PageFigures {
  const contents = figures.map((figure) => ({ figure, content: figure.of(results) }));
  const drawn = contents.flatMap(({ figure, content }) => (content ? [{ figure, content }] : []));
  // Of several systems or replicas the first of the catalogue shows all at once.
  const asked = results.answer?.kind;
  const about = asked === 'slo' || asked === 'load' ? asked : null;
  const first = drawn.find(({ figure }) => figure.about === about) ?? drawn[0] ?? null;
  return {
    first,
    others: [...Map.groupBy(drawn, ({ figure }) => figure.about).values()]
      .flat()
      .filter((one) => one !== first),
    absent: contents.flatMap(({ figure, content }) => (content ? [] : [figure])),
  };
}

export function firstFigure({ first }: PageFigures, language: Language): Element | null {
  return first && figureBlock(first.figure, first.content, 1, language);
}

/** All but the first, by question, each with its caption and the sentence that says what to read from it. */
export function figuresSection({ others, absent }: PageFigures, language: Language): Element {
  return h(
    'section',
    { id: 'figures' },
    h('h2', {}, pageWords.figures[language]),
    [...Map.groupBy(others, ({ figure }) => figure.about)].map(([about, group]) => [
      h('h3', { class: 'question' }, sentences.report.about[about][language]),
      group.map(({ figure, content }) =>
        figureBlock(figure, content, others.findIndex((one) => one.figure === figure) + 2, language),
      ),
    ]),
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
    h('p', { class: 'files' }, filesOf(figure.name)),
    h(
      'details',
      {},
      h('summary', {}, pageWords.drawnNumbers[language]),
      htmlTable(content.table, figure.name, figure.title[language], language),
    ),
  );
}

/** Beside the report, in the folder of the run; a report that was sent alone has only the pictures inside it. */
function filesOf(name: string): Child[] {
  return figureFiles.flatMap((format, i) => [
    i > 0 && ' · ',
    h('a', { href: `${runFiles.figures}/${name}.${format}` }, format.toUpperCase()),
  ]);
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
