import * as Plot from '@observablehq/plot';

/**
 * Colours of a matrix from the lowest to the highest value, on a logarithmic scale: cividis, which is perceptually even
 * and the same to people with any colour vision; dark is much, as in print.
 */
export function heatColour([low, high]: readonly [number, number]): (value: number) => string {
  // With one value there is no scale; it gets the middle.
  const domain = low < high ? [low, high] : [low / 2, low * 2];
  const scale = Plot.scale({ color: { type: 'log', domain, scheme: 'cividis', reverse: true } });
  return (value) => scale.apply(value);
}

/** Luminance at which black and white text stand out equally (WCAG 2, 1.4.3): either has at least 4.5 : 1 there. */
const luminanceMiddle = 0.179;

/** Dark or light text for a background `rgb(r, g, b)`. Neither follows the page into dark mode, as the cell does not. */
export function inkOn(background: string): string {
  const [red = 0, green = 0, blue = 0] = (background.match(/[\d.]+/g) ?? []).map((part) => {
    const channel = Number(part) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > luminanceMiddle ? '#1a1a19' : '#fffffe';
}
