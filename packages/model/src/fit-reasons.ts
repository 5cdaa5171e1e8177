import type { Sentence } from './language.ts';

/** Why a scalability law was chosen, or none; `reasonCode` of a fit is one of these names. */
export const fitReasons = {
  'one-level': {
    en: 'All rows have the same N ({n}); one level shows no law.',
    'pt-BR': 'Todas as linhas têm o mesmo N ({n}); um só nível não mostra lei alguma.',
  },
  'linear-few-rows': {
    en: 'Linear: {rows} {rows?row|rows} at {levels} {levels?level|levels} {rows?is|are} too few to show anything else.',
    'pt-BR':
      'Linear: {rows} {rows?linha|linhas} em {levels} {levels?nível|níveis} {rows?é pouco|são poucas} para mostrar outra coisa.',
  },
  linear: {
    en: 'Linear: contention does not improve the fit (nested F p ≤ {pDeclined}, ΔAICc {deltaDeclined}; going up needs .05 and 2).',
    'pt-BR':
      'Linear: a contenção não melhora o ajuste (F aninhado p ≤ {pDeclined}, ΔAICc {deltaDeclined}; subir exige 0,05 e 2).',
  },
  'amdahl-few-rows': {
    en: 'Amdahl: contention improves the fit (nested F p ≤ {p}, ΔAICc {deltaAicc}); USL needs {rowsMin} rows at {levelsMin} levels, here are {rows} at {levels}.',
    'pt-BR':
      'Amdahl: a contenção melhora o ajuste (F aninhado p ≤ {p}, ΔAICc {deltaAicc}); a USL precisa de {rowsMin} linhas em {levelsMin} níveis, aqui há {rows} em {levels}.',
  },
  amdahl: {
    en: 'Amdahl: contention improves the fit (nested F p ≤ {p}, ΔAICc {deltaAicc}), coherency does not improve it enough (p ≤ {pDeclined}, ΔAICc {deltaDeclined}; going up needs .05 and 2).',
    'pt-BR':
      'Amdahl: a contenção melhora o ajuste (F aninhado p ≤ {p}, ΔAICc {deltaAicc}), a coerência não o melhora o bastante (p ≤ {pDeclined}, ΔAICc {deltaDeclined}; subir exige 0,05 e 2).',
  },
  usl: {
    en: 'USL: it fits better than {simpler} (nested F p ≤ {p}, ΔAICc {deltaAicc}).',
    'pt-BR': 'USL: ajusta-se melhor que {simpler} (F aninhado p ≤ {p}, ΔAICc {deltaAicc}).',
  },
  'larger-unconverged': {
    en: '{law}: the fit of a larger law did not converge on these data, so it was not considered.',
    'pt-BR': '{law}: o ajuste de uma lei maior não convergiu nestes dados, por isso ela não foi considerada.',
  },
  exact: {
    en: '{law}: it goes through the data to the last digit, and no simpler law does.',
    'pt-BR': '{law}: passa pelos dados até o último dígito, e nenhuma lei mais simples o faz.',
  },
  'lack-of-fit': {
    en: 'No law fits: {law}, the best, misses the levels by more than their repetitions vary (lack of fit p ≤ {p}).',
    'pt-BR':
      'Nenhuma lei se ajusta: {law}, a melhor, erra os níveis por mais do que as repetições variam (falta de ajuste p ≤ {p}).',
  },
} as const satisfies Record<string, Sentence>;
export type FitReason = keyof typeof fitReasons;

/** What must be said beside the choice. */
export const fitRemarks = {
  superlinear: {
    en: 'Superlinear: α = {estimate} is below 0 (95 % interval {low} to {high}). Usual causes: more cache per unit, or a slow baseline.',
    'pt-BR':
      'Superlinear: α = {estimate} é menor que 0 (intervalo de 95 % de {low} a {high}). Causas comuns: mais cache por unidade, ou uma base lenta.',
  },
  'contention-uncertain': {
    en: 'α = {estimate} is below 0, but its 95 % interval {low} to {high} holds 0.',
    'pt-BR': 'α = {estimate} é menor que 0, mas o seu intervalo de 95 % de {low} a {high} contém 0.',
  },
  'coherency-negative': {
    en: 'β = {estimate} is not above 0 (95 % interval {low} to {high}): these data show no peak.',
    'pt-BR':
      'β = {estimate} não é maior que 0 (intervalo de 95 % de {low} a {high}): estes dados não mostram pico.',
  },
  'peak-extrapolated': {
    en: 'The peak at N = {n} lies outside the data, from {nMin} to {nMax}: an extrapolation, not a finding.',
    'pt-BR': 'O pico em N = {n} está fora dos dados, de {nMin} a {nMax}: uma extrapolação, não um achado.',
  },
  'peak-bound': {
    en: 'There is no peak up to N = {nMax}; the upper 95 % limit of β allows one from N = {n} on.',
    'pt-BR': 'Não há pico até N = {nMax}; o limite superior de 95 % de β permite um a partir de N = {n}.',
  },
  'hard-cap': {
    en: 'A hard cap describes the data better: linear up to N = {n}, then {capacity} and no more (ΔAICc {deltaAicc} against {law}). Look for what all share, such as a database or the cores of a node.',
    'pt-BR':
      'Um teto rígido descreve melhor os dados: linear até N = {n}, depois {capacity} e nada mais (ΔAICc {deltaAicc} contra {law}). Procure o que todos compartilham, como um banco de dados ou os núcleos de um nó.',
  },
  'level-decides': {
    en: 'Without N = {n}, {parameter} would be {estimate}, outside its 95 % interval: the fit hangs on that level.',
    'pt-BR':
      'Sem N = {n}, {parameter} seria {estimate}, fora do seu intervalo de 95 %: o ajuste depende desse nível.',
  },
  copies: {
    en: 'All repetitions of a level are equal: they are copies, and lack of fit cannot be tested.',
    'pt-BR':
      'Todas as repetições de um nível são iguais: são cópias, e a falta de ajuste não pode ser testada.',
  },
} as const satisfies Record<string, Sentence>;
export type FitRemark = keyof typeof fitRemarks;

/** Laws as sentences name them. */
export const lawNames: Readonly<Record<'linear' | 'amdahl' | 'usl', string>> = {
  linear: 'linear',
  amdahl: 'Amdahl',
  usl: 'USL',
};
