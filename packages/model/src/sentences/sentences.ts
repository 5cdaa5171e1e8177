import en from './en.json' with { type: 'json' };
import type { Language, Sentence } from './language.ts';
import ptBr from './pt-BR.json' with { type: 'json' };

/** One file a language. The compiler refuses one that lacks a key of the English one. */
const catalogues: Readonly<Record<Language, typeof en>> = { en, 'pt-BR': ptBr };

type Sentences<T> = { readonly [K in keyof T]: T[K] extends string ? Sentence : Sentences<T[K]> };

/** Every sentence that a user reads, by room and subject. */
export const sentences = inEveryLanguage(catalogues) as Sentences<typeof en>;

type Texts = string | { readonly [key: string]: Texts };

/** Turns a tree of texts for each language into one tree of sentences. */
function inEveryLanguage(texts: Readonly<Record<Language, Texts>>): Sentence | object {
  if (typeof texts.en === 'string') return texts as Sentence;
  const at = (key: string) =>
    Object.fromEntries(
      Object.entries(texts).map(([language, of]) => [language, (of as Readonly<Record<string, Texts>>)[key]]),
    ) as Record<Language, Texts>;
  return Object.fromEntries(Object.keys(texts.en).map((key) => [key, inEveryLanguage(at(key))]));
}
