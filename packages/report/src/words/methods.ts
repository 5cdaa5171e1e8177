import { type Language, sentences } from '@escala/model';

/** Names of interval methods as results.json has them. An unknown one is shown as it is. */
const methodNames = sentences.report.methods;

export function methodText(method: string, language: Language): string {
  return Object.hasOwn(methodNames, method)
    ? methodNames[method as keyof typeof methodNames][language]
    : method;
}
