import type { FactorKey, Language, Results } from '@escala/model';
import type { Composition, Paper } from '../../drawing/layout.ts';
import type { LegendEntry } from '../../drawing/legend.ts';
import { levelsOf, withLevels } from '../../only.ts';
import { levelText } from '../../study/series-text.ts';
import { drawingOf, type Figure, type FigureContent } from './figure.ts';

type Part = FigureContent & { readonly name: (language: Language) => string };

/**
 * A figure drawn once for each level of a factor, side by side, each with axes of its own. Null where no level has
 * something to draw.
 */
export function facets(
  figure: Figure,
  key: FactorKey,
  results: Results,
): Pick<FigureContent, 'draw' | 'caption'> | null {
  const parts = levelsOf(key, results).flatMap((chosen): Part[] => {
    const content = figure.of(withLevels([chosen], results));
    return content ? [{ ...content, name: (language) => levelText(key, chosen.level, language) }] : [];
  });
  if (parts.length === 0) return null;
  const picture = (paper: Paper) => together(parts, paper);
  return { draw: drawingOf(figure.name, { picture }), caption: (language) => captionOf(parts, language) };
}

function together(parts: readonly Part[], paper: Paper): Omit<Composition, 'name'> {
  const pictures = parts.map((part) => ({ ...part.picture(paper), name: part.name(paper.language) }));
  const [first] = pictures;
  return {
    panels: pictures.flatMap(({ panels, name }) =>
      panels.map((panel) => ({
        ...panel,
        title: panel.title.includes(name) ? panel.title : [name, panel.title].filter(Boolean).join(': '),
      })),
    ),
    legend: legendOf(pictures),
    definitions: pictures
      .flatMap(({ definitions = [] }) => definitions)
      .slice(0, first?.definitions?.length ?? 0),
    panelWidthMin: Math.max(...pictures.map(({ panelWidthMin }) => panelWidthMin)),
    ...(first?.columnsMax !== undefined && { columnsMax: first.columnsMax }),
  };
}

const words = ({ label }: LegendEntry) => JSON.stringify(label);
const looks = ({ label: _, ...look }: LegendEntry) => JSON.stringify(look);

/** Each entry once; where one look means another thing in another part, with the name of its part. */
function legendOf(pictures: readonly { readonly legend?: readonly LegendEntry[]; readonly name: string }[]) {
  const all = pictures.flatMap(({ legend = [], name }) => legend.map((entry) => ({ entry, name })));
  const entries = all.map(({ entry, name }) => {
    const isOther = all.some(
      (other) => looks(other.entry) === looks(entry) && words(other.entry) !== words(entry),
    );
    return isOther && typeof entry.label === 'string'
      ? { ...entry, label: `${name}: ${entry.label}` }
      : entry;
  });
  return [...new Map(entries.map((entry) => [words(entry) + looks(entry), entry])).values()];
}

/** What is said of all parts alike once. */
function captionOf(parts: readonly Part[], language: Language): string {
  const captions = parts.map((part) => part.caption(language));
  return new Set(captions).size === 1
    ? (captions[0] ?? '')
    : parts.map((part, i) => `${part.name(language)}: ${captions[i]}`).join(' ');
}
