import type { Sentence } from '@escala/model';

/** Words of the table of laws. */
export const lawWords = {
  laws: { en: 'Scalability laws', 'pt-BR': 'Leis de escalabilidade' },
  lawsCaption: {
    en: 'Linear, Amdahl and USL compete on every curve; 95 % profile intervals. In other texts α and β are called σ and κ, γ is λ.',
    'pt-BR':
      'Linear, Amdahl e USL competem em cada curva; intervalos de perfil de 95 %. Em outros textos α e β se chamam σ e κ, γ é λ.',
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
  overSaturation: { en: 'replicas, at saturation', 'pt-BR': 'réplicas, na saturação' },
  overDiagonal: {
    en: 'replicas, {value} {value?client|clients} each',
    'pt-BR': 'réplicas, {value} {value?cliente|clientes} cada',
  },
  overClients: {
    en: 'clients, {value} {value?replica|replicas}',
    'pt-BR': 'clientes, {value} {value?réplica|réplicas}',
  },
  overClientsOne: { en: 'clients, 1 replica', 'pt-BR': 'clientes, 1 réplica' },
} as const satisfies Record<string, Sentence>;
