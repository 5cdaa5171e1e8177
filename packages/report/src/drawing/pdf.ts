import PDFDocument from 'pdfkit';
import svgToPdf from 'svg-to-pdfkit';
import { fontFile } from './fonts.ts';

/** Points of PDF in a CSS pixel. */
const pointsPerPixel = 72 / 96;

/** The figure as a PDF page of its own size, with its text as text and its font inside. */
export async function pdfOf(svg: string, width: number, height: number): Promise<Uint8Array> {
  const document = new PDFDocument({
    size: [width * pointsPerPixel, height * pointsPerPixel],
    margin: 0,
    // Without a date of its own making, the same figure gives the same bytes.
    info: { CreationDate: new Date(0) },
  });
  const chunks: Uint8Array[] = [];
  const finished = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('end', resolve);
    document.on('error', reject);
  });
  document.registerFont('regular', fontFile('DejaVuSansCondensed'));
  document.registerFont('bold', fontFile('DejaVuSansCondensed-Bold'));
  svgToPdf(document, svg, 0, 0, {
    width: width * pointsPerPixel,
    height: height * pointsPerPixel,
    fontCallback: (_family: string, bold: boolean) => (bold ? 'bold' : 'regular'),
  });
  document.end();
  await finished;
  return Buffer.concat(chunks);
}
