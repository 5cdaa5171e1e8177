/** The two languages in which every word that a user reads exists. */
export const languages = ['en', 'pt-BR'] as const;
export type Language = (typeof languages)[number];

/** One sentence in both languages. `{name}` marks a place that `fill` fills in. */
export type Sentence = Readonly<Record<Language, string>>;

/** A value put into a sentence. Numbers are formatted for the language; text goes in as it is. */
export type SentenceValues = Readonly<Record<string, string | number>>;

/** `key: {one: …, other: …}` in both languages, chosen by the rules of the language for `count`. */
export type Plural = Readonly<Record<Language, Readonly<{ one: string; other: string }>>>;

/**
 * The language a user asked for: `--lang` first, then LC_ALL, LC_MESSAGES and LANG, else English.
 * Any Portuguese locale gives Brazilian Portuguese, the only one that exists here.
 */
export function chooseLanguage(asked: string | undefined, environment: NodeJS.ProcessEnv): Language {
  const name = asked ?? environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG'] ?? '';
  return name.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en';
}

/** The sentence in `language`, with its `{places}` filled. A place without a value stays visible, as a bug should. */
export function fill(sentence: Sentence, language: Language, values: SentenceValues = {}): string {
  return sentence[language].replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === 'number' ? formatNumber(value, language) : value;
  });
}

/** `plural` for `count`, with `{count}` and the other places filled. */
export function fillPlural(
  plural: Plural,
  language: Language,
  count: number,
  values: SentenceValues = {},
): string {
  const rule = new Intl.PluralRules(language).select(count) === 'one' ? 'one' : 'other';
  const sentence = { en: plural.en[rule], 'pt-BR': plural['pt-BR'][rule] };
  return fill(sentence, language, { count, ...values });
}

/** A number as the language writes it: decimal comma and thousands point in Portuguese. */
export function formatNumber(
  value: number,
  language: Language,
  options: Intl.NumberFormatOptions = { maximumFractionDigits: 3 },
): string {
  return new Intl.NumberFormat(language, options).format(value);
}
