import { styleText } from 'node:util';
import type { Verdict } from '@escala/model';
import type { Output, World } from './world.ts';

export type Style = 'green' | 'yellow' | 'red' | 'cyan' | 'bold' | 'dim';
export type Paint = (style: Style, text: string) => string;

/** Colours repeat what the word beside them says. */
export const verdictStyles: Readonly<Record<Verdict, Style>> = {
  VALID: 'green',
  SUSPECT: 'yellow',
  INVALID: 'red',
};

/**
 * Paints text for `output`, or leaves it as it is: NO_COLOR (any value) wins, then FORCE_COLOR (not 0), then whether it is
 * a terminal that can show colours. See https://no-color.org and https://force-color.org.
 */
export function colourist({ environment }: World, output: Output): Paint {
  return isColourful(environment, output.isTerminal)
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_, text) => text;
}

function isColourful({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0';
  return isTerminal && TERM !== 'dumb';
}
