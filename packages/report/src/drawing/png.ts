import { type RenderedImage, renderAsync } from '@resvg/resvg-js';
import { fontFile } from './fonts.ts';

/** Pixels of a PNG for one CSS pixel of the figure: 300 dots an inch, as print asks for. */
export const pngScale = 300 / 96;

/**
 * The figure in pixels. resvg leaves text out without a word when it has no font, so it is given ours and looks at no
 * other: the same bytes on every machine. It works on a thread of its own, so that several are drawn at once.
 */
export function imageOf(svg: string): Promise<RenderedImage> {
  return renderAsync(svg, {
    fitTo: { mode: 'zoom', value: pngScale },
    font: {
      loadSystemFonts: false,
      fontFiles: [fontFile('DejaVuSansCondensed'), fontFile('DejaVuSansCondensed-Bold')],
      defaultFontFamily: 'DejaVu Sans Condensed',
      sansSerifFamily: 'DejaVu Sans Condensed',
    },
  });
}

export async function pngOf(svg: string): Promise<Uint8Array> {
  return (await imageOf(svg)).asPng();
}
