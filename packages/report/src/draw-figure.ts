import { didYouMean, EscalaError, fill, fillEach, type Language, nearestOf, sentences } from '@escala/model';
import { readResults } from '@escala/model/study';
import { pdfOf, pngOf, svgFile } from './drawing/image.ts';
import { COLUMN_HEIGHT_MAX, narrowBelow, pageWidths } from './drawing/layout.ts';
import { figures } from './figures/catalogue.ts';
import { facets } from './figures/kinds/facets.ts';
import { factorNamed, onlyOf } from './only.ts';

const figureFormats = ['svg', 'png', 'pdf'] as const;
type FigureFormat = (typeof figureFormats)[number];

export const figureNames: readonly string[] = figures.map(({ name }) => name);

const allowed = sentences.report.drawFigure;
const words = sentences.report.only;

interface FigureRequest {
  readonly name: string;
  readonly format: FigureFormat;
  /** CSS pixels, 96 an inch. */
  readonly width: number;
  readonly language: Language;
  /** Levels of factors, such as `messages=100`: the rest of the study is left out. */
  readonly only?: readonly string[];
  /** A factor; the figure is drawn once for each of its levels. */
  readonly by?: string;
}

/** One figure of a run in one format. Throws an EscalaError for an unknown name and for a study without its numbers. */
export async function drawFigure(runFolder: string, request: FigureRequest): Promise<Uint8Array> {
  const { name, format, width, language, only = [], by } = request;
  const figure = figures.find((one) => one.name === name);
  if (!figure) {
    throw new EscalaError('OPTION_INVALID', {
      option: '--figure',
      value: name,
      allowed: fillEach(allowed, {
        names: figureNames.join(', '),
        nearest: didYouMean(nearestOf(name, figureNames)),
      }),
    });
  }
  const all = await readResults(runFolder);
  const results = onlyOf(only, all);
  const content =
    by === undefined ? figure.of(results) : facets(figure, factorNamed(by, results, '--by'), results);
  if (!content)
    throw new EscalaError('DATA_INVALID', { where: `--figure ${name}`, detail: figure.absent[language] });
  const drawing = content.draw({
    width,
    language,
    ...(width < narrowBelow && { heightMax: COLUMN_HEIGHT_MAX }),
  });
  const left = only.length > 0 ? fill(words.said, language, { levels: only.join(', ') }) : '';
  const svg = svgFile(drawing, figure.title[language], content.caption(language) + left);
  if (format === 'png') return pngOf(svg);
  if (format === 'pdf') return pdfOf(svg, width, Number(drawing.attributes['height']));
  return Buffer.from(svg);
}

const pixelsPer: Readonly<Record<string, number>> = { px: 1, mm: 96 / 25.4, cm: 96 / 2.54, in: 96 };
/** Narrower than this nothing can be read, wider is a poster. */
const widthMin = 200;
const widthMax = 4000;

/** `one`, `two` (columns of a journal) or a length such as `85mm`, in CSS pixels. */
export function parseWidth(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(px|mm|cm|in)$/.exec(text);
  const named = { one: pageWidths.narrow, two: pageWidths.wide }[text];
  const width = named ?? Math.round(Number(match?.[1]) * (pixelsPer[match?.[2] ?? ''] ?? Number.NaN));
  if (width >= widthMin && width <= widthMax) return width;
  throw new EscalaError('OPTION_INVALID', {
    option: '--width',
    value: text,
    allowed: `one, two, ${widthMin}px–${widthMax}px, 85mm`,
  });
}
