import type { Language, Sentence } from '@escala/model';

/** Names of interval methods as results.json has them. An unknown one is shown as it is. */
const methodNames: Readonly<Record<string, Sentence>> = {
  't-log': { en: 't on logarithms', 'pt-BR': 't sobre logaritmos' },
  'order-statistics': { en: 'order statistics', 'pt-BR': 'estatísticas de ordem' },
  bootstrap: { en: 'bootstrap over runs', 'pt-BR': 'bootstrap sobre as execuções' },
};

export function methodText(method: string, language: Language): string {
  return methodNames[method]?.[language] ?? method;
}
