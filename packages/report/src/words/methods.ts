import type { Language, Sentence } from '@escala/model';

/** Names of interval methods as results.json has them. An unknown one is shown as it is. */
export const methodNames = {
  't-log': { en: 'Student’s t on logarithms', 'pt-BR': 't de Student sobre logaritmos' },
  'welch-log': { en: 'Welch’s t on logarithms', 'pt-BR': 't de Welch sobre logaritmos' },
  'order-statistic': { en: 'order statistics', 'pt-BR': 'estatísticas de ordem' },
  wilson: { en: 'Wilson', 'pt-BR': 'Wilson' },
  'generalised-t-log': {
    en: 'Student’s t on logarithms at each load, drawn together',
    'pt-BR': 't de Student sobre logaritmos em cada carga, em sorteio conjunto',
  },
} as const satisfies Record<string, Sentence>;

export function methodText(method: string, language: Language): string {
  return Object.hasOwn(methodNames, method)
    ? methodNames[method as keyof typeof methodNames][language]
    : method;
}
