import type { Sentence } from './language.ts';

/**
 * What may be said of a fit: `reasonCode` is one of these names, `reasonValues` has the numbers. `{grew}`, `{amount}`,
 * `{more}` and `{at}` are the parts below, in the words of what N is.
 */
export const fitReasons = {
  'one-level': {
    en: 'All measurements have the same N ({n}); one level shows no law.',
    'pt-BR': 'Todas as medições têm o mesmo N ({n}); um só nível não mostra lei alguma.',
  },
  'few-levels': {
    en: 'Undecided: {grew}; two levels show a growth and no law, which needs {levelsMin}.',
    'pt-BR':
      'Indeciso: {grew}; dois níveis mostram um crescimento e nenhuma lei, que precisa de {levelsMin}.',
  },
  linear: {
    en: 'Linear within {lossPercent} %: {grew}{limits}.',
    'pt-BR': 'Linear a menos de {lossPercent} %: {grew}{limits}.',
  },
  amdahl: {
    en: 'Amdahl: α = {alpha} [{alphaLow}; {alphaHigh}]; {grew}{limits}. Linear is excluded; the data allow a β from {betaLow} to {betaHigh}.',
    'pt-BR':
      'Amdahl: α = {alpha} [{alphaLow}; {alphaHigh}]; {grew}{limits}. Linear está excluída; os dados admitem um β de {betaLow} a {betaHigh}.',
  },
  'amdahl-few-rows': {
    en: 'Amdahl: α = {alpha} [{alphaLow}; {alphaHigh}]; {grew}{limits}. Linear is excluded; whether there is coherency (β) too is open below {uslRowsMin} {uslRowsMin?measurement|measurements} at {uslLevelsMin} {uslLevelsMin?level|levels}.',
    'pt-BR':
      'Amdahl: α = {alpha} [{alphaLow}; {alphaHigh}]; {grew}{limits}. Linear está excluída; se há também coerência (β) fica em aberto com menos de {uslRowsMin} {uslRowsMin?medição|medições} em {uslLevelsMin} {uslLevelsMin?nível|níveis}.',
  },
  usl: {
    en: 'USL: α = {alpha} [{alphaLow}; {alphaHigh}], β = {beta} [{betaLow}; {betaHigh}]; {grew}{limits}. Linear and Amdahl are excluded.',
    'pt-BR':
      'USL: α = {alpha} [{alphaLow}; {alphaHigh}], β = {beta} [{betaLow}; {betaHigh}]; {grew}{limits}. Linear e Amdahl estão excluídas.',
  },
  'usl-peak': {
    en: 'USL: α = {alpha} [{alphaLow}; {alphaHigh}], β = {beta} [{betaLow}; {betaHigh}], with its peak of {peakX} at N = {peakN}; {grew}{limits}. Linear and Amdahl are excluded.',
    'pt-BR':
      'USL: α = {alpha} [{alphaLow}; {alphaHigh}], β = {beta} [{betaLow}; {betaHigh}], com pico de {peakX} em N = {peakN}; {grew}{limits}. Linear e Amdahl estão excluídas.',
  },
  superlinear: {
    en: 'Superlinear: {grew}{limits}, and no serial share explains a gain. Usual causes: more cache for each, or a slow baseline.',
    'pt-BR':
      'Superlinear: {grew}{limits}, e nenhuma parte serial explica um ganho. Causas comuns: mais cache para cada um, ou uma base lenta.',
  },
  falls: {
    en: 'Throughput falls from the start: {grew}{limits}. No share of serial work explains a loss by adding.',
    'pt-BR':
      'A vazão cai desde o início: {grew}{limits}. Nenhuma parte serial do trabalho explica uma perda ao acrescentar.',
  },
  flat: {
    en: 'Throughput hardly grows, if at all: {grew}{limits}.',
    'pt-BR': 'A vazão quase não cresce, se é que cresce: {grew}{limits}.',
  },
  outside: {
    en: 'No law: {law} fits best, and only with numbers that mean nothing (α = {alpha}); {grew}{limits}.',
    'pt-BR':
      'Nenhuma lei: {law} é a que melhor se ajusta, e só com números sem sentido (α = {alpha}); {grew}{limits}.',
  },
  cap: {
    en: 'No law of the three: a hard cap describes the data better, linear up to N = {capN}, then {capacity} and no more (ΔAICc {capGain} against {law}). Look for what all share, such as a database or the processors of a machine.',
    'pt-BR':
      'Nenhuma das três leis: um teto rígido descreve melhor os dados, linear até N = {capN}, depois {capacity} e nada mais (ΔAICc {capGain} contra {law}). Procure o que todos compartilham, como um banco de dados ou os processadores de uma máquina.',
  },
  'lack-of-fit': {
    en: 'No law fits: {law}, the best, misses the levels by more than their repetitions vary (lack of fit p ≤ {p}); {grew}.',
    'pt-BR':
      'Nenhuma lei se ajusta: {law}, a melhor, erra os níveis por mais do que as repetições variam (falta de ajuste p ≤ {p}); {grew}.',
  },
  unconverged: {
    en: 'Undecided: no fit with contention converged on these data; {grew}.',
    'pt-BR': 'Indeciso: nenhum ajuste com contenção convergiu nestes dados; {grew}.',
  },
  open: {
    en: 'Undecided: {grew}; {amount} cannot tell linear from Amdahl: the growth lies between {low} and {high}. About {more} would probably tell.',
    'pt-BR':
      'Indeciso: {grew}; com {amount} não se distingue linear de Amdahl: o crescimento está entre {low} e {high}. Cerca de {more} provavelmente decidiriam.',
  },
  'open-further': {
    en: 'Undecided: {grew}; {amount} cannot tell linear from Amdahl: the growth lies between {low} and {high}. More of the same would hardly tell; levels further out or less noise would.',
    'pt-BR':
      'Indeciso: {grew}; com {amount} não se distingue linear de Amdahl: o crescimento está entre {low} e {high}. Mais do mesmo dificilmente decidiria; níveis mais distantes ou menos ruído, sim.',
  },
  'open-upward': {
    en: 'Undecided: {grew}; {amount} cannot tell linear from superlinear: the growth lies between {low} and {high}.',
    'pt-BR':
      'Indeciso: {grew}; com {amount} não se distingue linear de superlinear: o crescimento está entre {low} e {high}.',
  },
  upward: {
    en: 'Undecided: {grew}{limits}. Linear is excluded, and the curve bends upwards again (β from {betaLow} to {betaHigh}), which none of these laws does.',
    'pt-BR':
      'Indeciso: {grew}{limits}. Linear está excluída, e a curva volta a subir (β de {betaLow} a {betaHigh}), o que nenhuma destas leis faz.',
  },
  family: {
    en: 'Undecided: {grew}{limits}. By itself this curve would show a law; among all that were asked the same, one such curve comes by chance too often. More rounds would tell.',
    'pt-BR':
      'Indeciso: {grew}{limits}. Sozinha, esta curva mostraria uma lei; entre todas às quais se fez a mesma pergunta, uma curva assim surge por acaso com frequência demais. Mais rodadas decidiriam.',
  },
} as const satisfies Record<string, Sentence>;
export type FitReason = keyof typeof fitReasons;

/** What must be said beside it. */
export const fitRemarks = {
  'outlying-level': {
    en: 'No law explains {at}: {x}, where the other levels lead to expect {expected}. Look at that measurement first.',
    'pt-BR':
      'Nenhuma lei explica {at}: {x}, quando os outros níveis levam a esperar {expected}. Olhe primeiro essa medição.',
  },
  'falls-from-start': {
    en: 'Throughput falls from the start: the smallest N has the most.',
    'pt-BR': 'A vazão cai desde o início: o menor N tem a maior.',
  },
  'contention-above-one': {
    en: 'The α of Amdahl, {estimate}, is above 1 (95 % interval {low} to {high}): no share of the work can be, so that law has no meaning here.',
    'pt-BR':
      'O α de Amdahl, {estimate}, é maior que 1 (intervalo de 95 % de {low} a {high}): nenhuma parte do trabalho pode sê-lo, e essa lei não tem sentido aqui.',
  },
  'contention-near-one': {
    en: 'α = {estimate} is above 1, but its 95 % interval {low} to {high} holds 1: throughput hardly grows, if at all.',
    'pt-BR':
      'α = {estimate} é maior que 1, mas o seu intervalo de 95 % de {low} a {high} contém 1: a vazão quase não cresce, se é que cresce.',
  },
  superlinear: {
    en: 'Superlinear at first: α = {estimate} is below 0 (95 % interval {low} to {high}). Usual causes: more cache for each, or a slow baseline.',
    'pt-BR':
      'Superlinear de início: α = {estimate} é menor que 0 (intervalo de 95 % de {low} a {high}). Causas comuns: mais cache para cada um, ou uma base lenta.',
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
  'level-decides': {
    en: 'Without {at}, {parameter} would be {estimate}, outside its 95 % interval: the fit hangs on that level.',
    'pt-BR':
      'Sem {at}, {parameter} seria {estimate}, fora do seu intervalo de 95 %: o ajuste depende desse nível.',
  },
  'usl-unconverged': {
    en: 'The fit of USL did not converge on these data, so coherency (β) was not asked for.',
    'pt-BR': 'O ajuste da USL não convergiu nestes dados, por isso não se perguntou pela coerência (β).',
  },
  copies: {
    en: 'All repetitions of a level are equal: they are copies, and lack of fit cannot be tested.',
    'pt-BR':
      'Todas as repetições de um nível são iguais: são cópias, e a falta de ajuste não pode ser testada.',
  },
} as const satisfies Record<string, Sentence>;
export type FitRemark = keyof typeof fitRemarks;

/** What N is, in the sentences. */
export type FitSubject = 'n' | 'replicas' | 'clients';

export const spanWords: Readonly<Record<FitSubject, Sentence>> = {
  n: { en: 'from N = {nMin} to {nMax}', 'pt-BR': 'de N = {nMin} a {nMax}' },
  replicas: {
    en: 'from {nMin} to {nMax} {nMax?replica|replicas}',
    'pt-BR': 'de {nMin} a {nMax} {nMax?réplica|réplicas}',
  },
  clients: {
    en: 'from {nMin} to {nMax} {nMax?client|clients}',
    'pt-BR': 'de {nMin} a {nMax} {nMax?cliente|clientes}',
  },
};

export const levelWords: Readonly<Record<FitSubject, Sentence>> = {
  n: { en: 'N = {n}', 'pt-BR': 'N = {n}' },
  replicas: { en: '{n} {n?replica|replicas}', 'pt-BR': '{n} {n?réplica|réplicas}' },
  clients: { en: '{n} {n?client|clients}', 'pt-BR': '{n} {n?cliente|clientes}' },
};

export const fitParts = {
  grew: {
    en: '{span} throughput grew {growth} times, where {ideal} is ideal',
    'pt-BR': '{span} a vazão cresceu {growth} vezes, quando {ideal} é o ideal',
  },
  fell: {
    en: '{span} throughput fell to {growth} of what it was, where {ideal} times as much is ideal',
    'pt-BR': '{span} a vazão caiu a {growth} do que era, quando {ideal} vezes é o ideal',
  },
  fromNothing: {
    en: '{span} throughput grew from nothing',
    'pt-BR': '{span} a vazão cresceu a partir de nada',
  },
  limits: { en: ' (95 %: {low} to {high})', 'pt-BR': ' (95 %: {low} a {high})' },
  rows: {
    en: '{rows} {rows?measurement|measurements} at {levels} {levels?level|levels}',
    'pt-BR': '{rows} {rows?medição|medições} em {levels} {levels?nível|níveis}',
  },
  rounds: {
    en: '{repetitions} {repetitions?round|rounds} of {levels} {levels?level|levels}',
    'pt-BR': '{repetitions} {repetitions?rodada|rodadas} de {levels} {levels?nível|níveis}',
  },
  moreRows: {
    en: '{needed} {needed?measurement|measurements} of each level',
    'pt-BR': '{needed} {needed?medição|medições} de cada nível',
  },
  moreRounds: { en: '{needed} {needed?round|rounds}', 'pt-BR': '{needed} {needed?rodada|rodadas}' },
} as const satisfies Record<string, Sentence>;

/** What a law over a study's cells needs beside its fit. */
export const lawParts = {
  leftOut: {
    en: '{at} {n?is|are} not in it: {growth} times, where {ideal} is ideal ({why}).',
    'pt-BR': '{at} {n?não está|não estão} nela: {growth} vezes, quando {ideal} é o ideal ({why}).',
  },
  overSaturation: { en: 'replicas, at saturation', 'pt-BR': 'réplicas, na saturação' },
  overHeldClients: {
    en: 'replicas, at {value} {value?client|clients}',
    'pt-BR': 'réplicas, com {value} {value?cliente|clientes}',
  },
  overDiagonal: {
    en: 'replicas, {value} {value?client|clients} each',
    'pt-BR': 'réplicas, {value} {value?cliente|clientes} cada',
  },
  overClients: {
    en: 'clients, {value} {value?replica|replicas}',
    'pt-BR': 'clientes, {value} {value?réplica|réplicas}',
  },
  bound: {
    en: 'With {clients} {clients?client|clients} throughput cannot pass {bound}/s, clients / base latency, whatever the servers do.',
    'pt-BR':
      'Com {clients} {clients?cliente|clientes} a vazão não pode passar de {bound}/s, clientes / latência de base, façam o que fizerem os servidores.',
  },
} as const satisfies Record<string, Sentence>;

/** Why a level is not in a law. */
export const leftOutWords = {
  'client-limited': { en: 'limited by its clients', 'pt-BR': 'limitada pelos clientes' },
  'machine-limited': { en: 'the machine was full', 'pt-BR': 'a máquina estava cheia' },
  transition: {
    en: 'not saturated: more clients still gave more',
    'pt-BR': 'não saturada: mais clientes ainda davam mais',
  },
  saturated: { en: 'no trial to use', 'pt-BR': 'nenhum ensaio utilizável' },
  unknown: { en: 'saturation not known', 'pt-BR': 'saturação desconhecida' },
  invalid: { en: 'INVALID', 'pt-BR': 'INVALID' },
} as const satisfies Record<string, Sentence>;

/** Laws as sentences name them. */
export const lawNames: Readonly<Record<'linear' | 'amdahl' | 'usl', string>> = {
  linear: 'linear',
  amdahl: 'Amdahl',
  usl: 'USL',
};
