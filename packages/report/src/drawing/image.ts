import { createRequire } from 'node:module';
import { type RenderedImage, renderAsync } from '@resvg/resvg-js';
import PDFDocument from 'pdfkit';
import svgToPdf from 'svg-to-pdfkit';
import { type Element, h } from '../markup/element.ts';
import { serialize } from '../markup/serialize.ts';
import { colours } from './palette.ts';

/** TrueType files of the DejaVu family, which this package brings along. */
const require = createRequire(import.meta.url);
const REGULAR_FONT = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf');
const BOLD_FONT = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf');

/** Pixels of a PNG for one CSS pixel of the figure: 300 dots an inch, as print asks for. */
const PNG_SCALE = 300 / 96;
/** Points of PDF in a CSS pixel. */
const PDF_SCALE = 72 / 96;

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

/**
 * The figure in pixels. resvg leaves text out without a word when it has no font, so resvg is given ours and looks at
 * no other: the same bytes on every machine. It works on a thread of its own, so that several are drawn at once.
 */
export function imageOf(svg: string): Promise<RenderedImage> {
  return renderAsync(svg, {
    fitTo: { mode: 'zoom', value: PNG_SCALE },
    font: {
      loadSystemFonts: false,
      fontFiles: [REGULAR_FONT, BOLD_FONT],
      defaultFontFamily: 'DejaVu Sans Condensed',
      sansSerifFamily: 'DejaVu Sans Condensed',
    },
  });
}

export async function pngOf(svg: string): Promise<Uint8Array> {
  return (await imageOf(svg)).asPng();
}

/** The figure as a PDF page of its own size, with its text as text and its font inside. */
export async function pdfOf(svg: string, width: number, height: number): Promise<Uint8Array> {
  const size = [width * PDF_SCALE, height * PDF_SCALE] as const;
  // Without a date of its own making, the same figure gives the same bytes.
  const document = new PDFDocument({ size, margin: 0, info: { CreationDate: new Date(0) } });
  const chunks: Uint8Array[] = [];
  const finished = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('end', resolve);
    document.on('error', reject);
  });
  document.registerFont('regular', REGULAR_FONT);
  document.registerFont('bold', BOLD_FONT);
  svgToPdf(document, svg, 0, 0, {
    width: size[0],
    height: size[1],
    fontCallback: (_family: string, bold: boolean) => (bold ? 'bold' : 'regular'),
  });
  document.end();
  await finished;
  return Buffer.concat(chunks);
}
