/** @typedef {string} Language its tag, one of `catalogue.languages` */
/** @typedef {keyof typeof import('../../../model/src/sentences/en.json')['dashboard']} Key */
/** @typedef {{ languages: Record<Language, string>, words: Record<Key, Record<Language, string>> }} Catalogue */

/**
 * The page's room of the catalogue, and each language by its own name: the server has them, in `words.json`.
 * @type {Catalogue}
 */
export let catalogue;

/** @param {Catalogue} given */
export function speakWith(given) {
  catalogue = given;
}

/**
 * The words for `key`; `{count?cell|cells}` is a choice as in the model's sentences. Numbers are written as the language does; text goes in as it is.
 * @param {Key} key
 * @param {Language} language
 * @param {Record<string, string | number>} [values]
 */
export function say(key, language, values = {}) {
  const text = catalogue.words[key][language] ?? '';
  return text.replace(/\{(\w+)(?:\?([^{}|]*)\|([^{}|]*))?\}/g, (place, name, one, other) => {
    const value = values[name];
    if (value === undefined) return place;
    if (one !== undefined) return isOne(Number(value), language) ? one : other;
    return typeof value === 'number' ? wholeText(value, language) : value;
  });
}

/** @param {number} value @param {Language} language */
const isOne = (value, language) => new Intl.PluralRules(language).select(value) === 'one';

/** @param {number} value @param {Language} language */
export function wholeText(value, language) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(value);
}

/**
 * In brackets how many failed in which way, such as ` (503 ×120, 3 timed out)`; nothing where nothing failed.
 * @param {Record<string, number>} failures @param {Language} language
 */
export function failureKindsText(failures, language) {
  const parts = Object.entries(failures).map(([kind, count]) => {
    const number = wholeText(count, language);
    return kind in catalogue.words
      ? `${number} ${say(/** @type {Key} */ (kind), language)}`
      : `${kind} ×${number}`;
  });
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** Milliseconds with three digits; a dash for what could not be estimated. @param {number | null | undefined} us @param {Language} language */
export function latencyText(us, language) {
  if (us === null || us === undefined) return '–';
  return `${new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(us / 1e3)} ms`;
}

/** `1:02:03` or `2:03`: the same in every language. @param {number} seconds */
export function timeText(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
