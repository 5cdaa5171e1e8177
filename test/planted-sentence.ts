import { inEachLanguage, type Sentence } from '@escala/model';

/** A sentence that a test says: in Portuguese, and in English and every other language. */
export function plantedSentence(english: string, portuguese = english): Sentence {
  return { ...inEachLanguage(() => english), 'pt-BR': portuguese };
}
