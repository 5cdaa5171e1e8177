import { Resvg } from '@resvg/resvg-js';
import { fontFile } from './fonts.ts';

/** Pixels of a PNG for one CSS pixel of the figure: 300 dots an inch, as print asks for. */
export const pngScale = 300 / 96;

/**
 * The figure as PNG. resvg leaves text out without a word when it has no font, so it is given ours and looks at no
 * other: the same bytes on every machine.
 */
export function pngOf(svg: string): Uint8Array {
  const renderer = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: pngScale },
    font: {
      loadSystemFonts: false,
      fontFiles: [fontFile('DejaVuSansCondensed'), fontFile('DejaVuSansCondensed-Bold')],
      defaultFontFamily: 'DejaVu Sans Condensed',
      sansSerifFamily: 'DejaVu Sans Condensed',
    },
  });
  return renderer.render().asPng();
}
