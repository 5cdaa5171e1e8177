import type { SymbolName } from './palette.ts';

/** Symbols that say something of a point instead of naming its series. */
export type SignName = 'times' | 'arrow' | 'tick';

/** Outlines of the symbols around the origin, of about the size that Plot gives a dot of radius 3.5. */
const paths: Record<SymbolName | SignName, string> = {
  circle: 'M3.5,0A3.5,3.5,0,1,1,-3.5,0A3.5,3.5,0,1,1,3.5,0Z',
  square: 'M-3.1,-3.1H3.1V3.1H-3.1Z',
  triangle: 'M0,-4.4L3.8,2.6H-3.8Z',
  diamond: 'M0,-4.6L3.2,0L0,4.6L-3.2,0Z',
  cross: 'M-4,-1.4H-1.4V-4H1.4V-1.4H4V1.4H1.4V4H-1.4V1.4H-4Z',
  star: 'M0,-4.8L1.2,-1.5L4.6,-1.5L1.8,0.6L2.8,3.9L0,1.9L-2.8,3.9L-1.8,0.6L-4.6,-1.5L-1.2,-1.5Z',
  times: 'M0,-1.4L2.6,-4L4,-2.6L1.4,0L4,2.6L2.6,4L0,1.4L-2.6,4L-4,2.6L-1.4,0L-4,-2.6L-2.6,-4Z',
  arrow: 'M-0.5,6V-2H-2.8L0,-6.5L2.8,-2H0.5V6Z',
  tick: 'M-1,5V-5H1V5Z',
  wye: 'M-1.4,-0.3L-4.2,-2L-2.8,-4.2L0,-2.6L2.8,-4.2L4.2,-2L1.4,-0.3V4H-1.4Z',
};

export function symbolPath(symbol: SymbolName | SignName): string {
  return paths[symbol];
}
