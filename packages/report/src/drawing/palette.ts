/**
 * Colours of the figures as they stand in files, for white paper. In the page each becomes a variable of the style
 * sheet, so that dark mode has its own. Okabe and Ito's colours, which people with any colour vision tell apart.
 */
export const colours = {
  ink: '#1a1a1a',
  faint: '#6b6b6b',
  rule: '#d0d0d0',
  paper: '#ffffff',
  tint: '#f4f6f8',
  blue: '#0072b2',
  vermilion: '#d55e00',
  green: '#009e73',
  purple: '#cc79a7',
  amber: '#e69f00',
  sky: '#56b4e9',
  black: '#000000',
} as const;

export type SymbolName = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'star' | 'wye';

/** How one series looks: never by its colour alone. */
interface SeriesStyle {
  readonly colour: string;
  readonly symbol: SymbolName;
  /** SVG dash pattern; undefined is a solid line. */
  readonly dash?: string;
}

const seriesStyles: readonly SeriesStyle[] = [
  { colour: colours.blue, symbol: 'circle' },
  { colour: colours.vermilion, symbol: 'square', dash: '6 2' },
  { colour: colours.green, symbol: 'triangle', dash: '2 2' },
  { colour: colours.purple, symbol: 'diamond', dash: '8 2 2 2' },
  { colour: colours.amber, symbol: 'cross', dash: '4 3' },
  { colour: colours.sky, symbol: 'star', dash: '1 2' },
  { colour: colours.black, symbol: 'wye', dash: '10 3' },
];

/** Series beyond the last style would look like the first ones: a figure with more shows a choice of them. */
export const distinctSeries = seriesStyles.length;

/** The style of series number `index`, from 0. */
export function seriesStyle(index: number): SeriesStyle {
  const style = seriesStyles[index % seriesStyles.length];
  if (!style) throw new Error(`no style for series ${index}`);
  return style;
}

/** The line of a service level, unlike that of any series. */
export const sloStyle = { colour: colours.ink, dash: '9 3 2 3' } as const;

/** Verdicts and decisions, by colour and by sign. */
export const verdictStyle = {
  VALID: { colour: colours.green, sign: '✓' },
  SUSPECT: { colour: colours.amber, sign: '?' },
  INVALID: { colour: colours.vermilion, sign: '✕' },
} as const;
