import en from './en.json' with { type: 'json' };
import ptBr from './pt-BR.json' with { type: 'json' };

/** The table of languages, by their tags. The compiler refuses a catalogue that lacks a key of the English one. */
const catalogues = { en, 'pt-BR': ptBr } as const satisfies Record<string, typeof en>;
export type Language = keyof typeof catalogues;
/** The languages in which every word that a user reads exists. */
export const languages = Object.keys(catalogues) as readonly Language[];

/**
 * One sentence in each language. `{name}` is a place that `fill` fills in; `{count?cell|cells}` is a choice: the first
 * words where the language says one for the number `count`, else the second; they may hold places.
 */
export type Sentence = Readonly<Record<Language, string>>;

/** A value put into a sentence. Numbers are formatted for the language; text goes in as it is. */
export type SentenceValues = Readonly<Record<string, string | number>>;

/** What a place may take: a value, or another sentence, which is said in the language of the whole. */
export type Fillings = Readonly<Record<string, string | number | Sentence>>;

/**
 * The language a user asked for: `--lang` first, then LC_ALL, LC_MESSAGES and LANG, else English. An empty variable
 * counts as absent, as in POSIX. Any Portuguese locale gives Brazilian Portuguese, the only one that exists here.
 */
export function chooseLanguage(argv: readonly string[], environment: NodeJS.ProcessEnv): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  const name = askedLanguage(argv) || LC_ALL || LC_MESSAGES || LANG || '';
  return (
    languages.find((language) => language.toLowerCase() === name.toLowerCase()) ??
    languages.find((language) => primarySubtag(language) === primarySubtag(name)) ??
    'en'
  );
}

const primarySubtag = (tag: string) => tag.toLowerCase().split(/[-_.@]/)[0];

/** The value of `--lang`, read ahead of the command line's own parsing because help and mistakes are in it already. */
function askedLanguage(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  if (at < 0) return undefined;
  return argv[at]?.includes('=') ? argv[at].slice('--lang='.length) : argv[at + 1];
}

/**
 * The sentence in `language`, with its places filled and its choices made. A place without a value stays visible, as a
 * bug should.
 */
export function fill(sentence: Sentence, language: Language, values: Fillings = {}): string {
  return fillText(sentence[language], language, values);
}

function fillText(text: string, language: Language, values: Fillings): string {
  return text.replace(
    /\{(\w+)(?:\?((?:[^{}|]|\{\w+\})*)\|((?:[^{}|]|\{\w+\})*))?\}/g,
    (place, name: string, one: string | undefined, other: string) => {
      const value = values[name];
      if (value === undefined) return place;
      if (one !== undefined) return fillText(isOne(value, language) ? one : other, language, values);
      if (typeof value === 'object') return value[language];
      return typeof value === 'number' ? formatNumber(value, language) : value;
    },
  );
}

/** A sentence whose parts are put together by code: `say` once for each language. */
export function inEachLanguage(say: (language: Language) => string): Sentence {
  return Object.fromEntries(languages.map((language) => [language, say(language)])) as Sentence;
}

/** The sentence with its places filled, still in each language, where the reader's language is not known. */
export function fillEach(sentence: Sentence, values: Fillings): Sentence {
  return inEachLanguage((language) => fill(sentence, language, values));
}

/** A count that was put into words before, such as the `1` of rounds that may be `1–2`, agrees as the number does. */
function isOne(value: string | number | Sentence, language: Language): boolean {
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && new Intl.PluralRules(language).select(count) === 'one';
}

/** Making a formatter costs more than a hundred uses of it, and a report uses tens of thousands. */
const formatters = new Map<string, Intl.NumberFormat>();

/** A number as the language writes it: decimal comma and thousands point in Portuguese. */
export function formatNumber(
  value: number,
  language: Language,
  options: Intl.NumberFormatOptions = { maximumFractionDigits: 3 },
): string {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known.format(value);
  const made = new Intl.NumberFormat(language, options);
  formatters.set(key, made);
  return made.format(value);
}

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
