import { findingText as fullText, type Language, type SentenceValues } from '@escala/model';

/** What an audit found, in the reader's language, without folders of the machine that measured. */
export function findingText(
  key: string,
  values: SentenceValues | readonly SentenceValues[],
  language: Language,
): string {
  return fullText(key, [values].flat().map(redacted), language);
}

/** An absolute path may name a user or a host; its last part is enough. */
const path = /(?:[A-Za-z]:\\|\/)(?:[\w.@+-]+[\\/])+([\w.@+-]+)/g;

function redacted(values: SentenceValues): SentenceValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replace(path, '…/$1') : value,
    ]),
  );
}
