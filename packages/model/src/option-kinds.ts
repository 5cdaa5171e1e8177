import type { Sentence } from './language.ts';
import { parseDurationUs, parseSizeBytes, quantities } from './units.ts';

/** A kind of value that an option takes. */
export interface OptionKind<T> {
  /** The value, or undefined where the text is none. */
  readonly parse: (text: string) => T | undefined;
  /** What may be given, in words, for the error and for the help. */
  readonly allowed: Sentence;
  /** For a text that is no value: what was probably meant. */
  readonly meant?: (text: string) => string | undefined;
}

export function wholeNumber(least: number, most: number): OptionKind<number> {
  return {
    parse: (text) => {
      const value = Number(text);
      return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined;
    },
    allowed: { en: `a whole number, ${least} to ${most}`, 'pt-BR': `um número inteiro, ${least} a ${most}` },
  };
}

/** Of values that are written the same in every language. */
export function oneOf<const T extends string>(...values: readonly T[]): OptionKind<T> {
  return {
    parse: (text) => values.find((value) => value === text),
    allowed: {
      en: new Intl.ListFormat('en', { type: 'disjunction' }).format(values),
      'pt-BR': new Intl.ListFormat('pt-BR', { type: 'disjunction' }).format(values),
    },
  };
}

const trueOrFalse = oneOf('true', 'false');
export const boolean: OptionKind<boolean> = {
  parse: (text) => (trueOrFalse.parse(text) === undefined ? undefined : text === 'true'),
  allowed: trueOrFalse.allowed,
};

/** In µs. */
export const duration: OptionKind<number> = { parse: parseDurationUs, allowed: quantities.duration };
/** In bytes. */
export const size: OptionKind<number> = { parse: parseSizeBytes, allowed: quantities.size };

export const text: OptionKind<string> = { parse: (text) => text, allowed: { en: 'text', 'pt-BR': 'texto' } };
/** Of nothing, as an unset variable of the shell gives it (`--out "$PLACE"`), the folder of now would be made. */
const someText = (allowed: Sentence): OptionKind<string> => ({ parse: (text) => text || undefined, allowed });
export const name = someText({ en: 'a name', 'pt-BR': 'um nome' });
export const namespace: OptionKind<string> = {
  parse: (text) => (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text) ? text : undefined),
  allowed: {
    en: '1 to 63 of a–z, 0–9 and "-", with no "-" at an end',
    'pt-BR': '1 a 63 caracteres entre a–z, 0–9 e "-", sem "-" nas pontas',
  },
};
export const address = someText({ en: 'an address', 'pt-BR': 'um endereço' });
export const folder = someText({ en: 'a folder', 'pt-BR': 'uma pasta' });
export const file = someText({ en: 'a file', 'pt-BR': 'um arquivo' });
