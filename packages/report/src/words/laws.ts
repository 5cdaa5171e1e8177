import type { Sentence } from '@escala/model';

/** Words of the table of laws. */
export const lawWords = {
  laws: { en: 'Scalability laws', 'pt-BR': 'Leis de escalabilidade' },
  lawsCaption: {
    en: 'A law is claimed where the 95 % profile limits leave it alone: linear within 10 %, Amdahl (α above 0), USL (β above 0); laws that answer one question claim together (Holm). In other texts α and β are called σ and κ, γ is λ.',
    'pt-BR':
      'Afirma-se uma lei onde os limites de perfil de 95 % só deixam essa: linear a menos de 10 %, Amdahl (α acima de 0), USL (β acima de 0); leis que respondem à mesma pergunta afirmam juntas (Holm). Em outros textos α e β se chamam σ e κ, γ é λ.',
  },
  curve: { en: 'throughput over', 'pt-BR': 'vazão em função de' },
  law: { en: 'law', 'pt-BR': 'lei' },
  withExcluded: { en: 'with the trials left out', 'pt-BR': 'com os ensaios excluídos' },
  peak: { en: 'peak N', 'pt-BR': 'pico N' },
  trials: { en: 'n (trials)', 'pt-BR': 'n (ensaios)' },
  why: { en: 'why', 'pt-BR': 'por quê' },
  none: { en: 'none', 'pt-BR': 'nenhuma' },
  fitsNone: { en: 'no law fits', 'pt-BR': 'nenhuma lei se ajusta' },
  notFitted: { en: 'no law fitted', 'pt-BR': 'nenhuma lei ajustada' },
  undecided: { en: 'undecided', 'pt-BR': 'indeciso' },
  upTo: { en: 'up to {n}', 'pt-BR': 'até {n}' },
} as const satisfies Record<string, Sentence>;
