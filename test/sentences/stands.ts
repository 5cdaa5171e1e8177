import type { Sentence } from '@escala/model';

/** Whether the sentence stands in a text, whatever its places are filled with. */
export function stands(sentence: Sentence, text: string): boolean {
  const plain = text.replaceAll('\u00a0', ' ');
  // Most sentences are not there, which their longest fixed words tell at once.
  const fixed = sentence.en.replaceAll('\u00a0', ' ').split(/\{[^{}]*(?:\{\w+\}[^{}]*)*\}/);
  const longest = fixed.reduce((one, other) => (other.length > one.length ? other : one), '');
  return plain.includes(longest) && new RegExp(patternOf(sentence), 'u').test(plain);
}

/** Whether it is all of the text. */
export const isWhole = (sentence: Sentence, text: string) =>
  new RegExp(`^${patternOf(sentence)}$`, 'u').test(text.replaceAll('\u00a0', ' '));

function patternOf({ en }: Sentence): string {
  const parts = en.split(/(\{\w+(?:\?[^{}|]*\|[^{}|]*)?\})/).map((part, i, all) => {
    const choice = /^\{\w+\?([^|]*)\|(.*)\}$/.exec(part);
    if (choice) return `(?:${escaped(choice[1] ?? '')}|${escaped(choice[2] ?? '')})`;
    if (!/^\{\w+\}$/.test(part)) return escaped(part);
    // Behind a full stop stand whole sentences or none.
    return all[i - 1]?.endsWith('.') ? '.*?' : '[^.]*?(?:\\.\\d[^.]*?)*';
  });
  return parts.join('');
}

const escaped = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
