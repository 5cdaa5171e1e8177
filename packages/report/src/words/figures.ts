import type { Sentence } from '@escala/model';

/** Titles, captions and readings of the figures of throughput and latency, and what all legends share. */
export const figureWords = {
  throughputReplicas: { en: 'Throughput against replicas', 'pt-BR': 'Vazão em função das réplicas' },
  throughputReplicasCaption: {
    en: 'A dot a trial; diamonds: median at {load}; dashed: {dashed}.{cut} {sample}',
    'pt-BR': 'Um ponto por ensaio; losangos: mediana com {load}; tracejado: {dashed}.{cut} {sample}',
  },
  dashedIdeal: {
    en: 'ideal growth from the fewest replicas',
    'pt-BR': 'crescimento ideal a partir do menor número de réplicas',
  },
  throughputReplicasOpen: {
    en: '{series}: of {load}, {from} requests/s are answered with {first} and {to} with {last}.',
    'pt-BR': '{series}: de {load}, {from} requisições/s são respondidas com {first} e {to} com {last}.',
  },
  throughputReplicasReading: {
    en: '{series}: from {first} to {last} throughput goes from {from} to {to} requests/s; ideal growth would be {times} times.',
    'pt-BR':
      '{series}: de {first} a {last}, a vazão vai de {from} a {to} requisições/s; o crescimento ideal seria de {times} vezes.',
  },
  clientCurves: { en: 'Throughput and p95 latency under load', 'pt-BR': 'Vazão e latência p95 sob carga' },
  clientCurvesCaption: {
    en: 'Medians over rounds with intervals, one column a number of replicas{messages}.{cut} {sample}',
    'pt-BR':
      'Medianas das rodadas com intervalos, uma coluna por número de réplicas{messages}.{cut} {sample}',
  },
  clientCurvesReading: {
    en: '{series}, {replicas}: the largest throughput is {value} requests/s, at {load}{p95}.',
    'pt-BR': '{series}, {replicas}: a maior vazão é {value} requisições/s, com {load}{p95}.',
  },
  withP95: { en: ', with a p95 of {p95} ms', 'pt-BR': ', e p95 de {p95} ms' },
  clientCurvesNone: {
    en: '{series}, {replicas}: no load has a throughput that can be told.',
    'pt-BR': '{series}, {replicas}: nenhuma carga tem uma vazão que se possa dizer.',
  },
  latencyClients: { en: 'p95 latency by replicas', 'pt-BR': 'Latência p95 por réplicas' },
  latencyClientsCaption: {
    en: 'Median over rounds of the p95 of each trial, one line a number of replicas; a point is missing where a trial has fewer than {requests} {requests?request|requests}. {sample}',
    'pt-BR':
      'Mediana das rodadas do p95 de cada ensaio, uma linha por número de réplicas; falta o ponto onde o ensaio tem menos de {requests} {requests?requisição|requisições}. {sample}',
  },
  latencyClientsReading: {
    en: '{series}, {load}: the p95 is {from} ms with {first} and {to} ms with {last}.',
    'pt-BR': '{series}, {load}: o p95 é {from} ms com {first} e {to} ms com {last}.',
  },
  throughputMatrix: { en: 'Throughput by replicas and load', 'pt-BR': 'Vazão por réplicas e carga' },
  latencyMatrix: { en: 'p95 latency by replicas and load', 'pt-BR': 'Latência p95 por réplicas e carga' },
  matrixCaption: {
    en: 'Median over rounds in {unit}; dark is much. ? SUSPECT, ✕ INVALID, – not estimable.{slo} {sample}',
    'pt-BR':
      'Mediana das rodadas em {unit}; quanto mais escuro, maior. ? SUSPECT, ✕ INVALID, – não estimável.{slo} {sample}',
  },
  matrixSlo: {
    en: ' Service level {slo}: hatched undecided, framed violated.',
    'pt-BR': ' Nível de serviço {slo}: hachurado indeciso, emoldurado violado.',
  },
  matrixReading: {
    en: 'In the {cells} VALID {cells?cell|cells} shown, the values range from {low} to {high} {unit}.',
    'pt-BR':
      '{cells?Na|Nas} {cells} {cells?célula VALID mostrada|células VALID mostradas}, os valores vão de {low} a {high} {unit}.',
  },
  matrixNoneKnown: {
    en: 'In no VALID cell shown could the value be estimated.',
    'pt-BR': 'Em nenhuma célula VALID mostrada o valor pôde ser estimado.',
  },
  matrixNoneValid: {
    en: 'None of the cells shown is VALID.',
    'pt-BR': 'Nenhuma das células mostradas é VALID.',
  },
  sampleOne: { en: 'n = {n} round: there are no intervals.', 'pt-BR': 'n = {n} rodada: não há intervalos.' },
  sampleNone: {
    en: 'n = {n} {n?round|rounds}: no interval could be estimated.',
    'pt-BR': 'n = {n} {n?rodada|rodadas}: nenhum intervalo pôde ser estimado.',
  },
  sampleMany: {
    en: 'n = {n} {n?round|rounds}; 95 % intervals: {method}.',
    'pt-BR': 'n = {n} {n?rodada|rodadas}; intervalos de 95 %: {method}.',
  },
  sampleInTable: {
    en: 'n = {n} {n?round|rounds}; the 95 % intervals ({method}) are in the table.',
    'pt-BR': 'n = {n} {n?rodada|rodadas}; os intervalos de 95 % ({method}) estão na tabela.',
  },
  cut: {
    en: ' An interval with an arrow head goes on beyond the axis.',
    'pt-BR': ' Um intervalo com ponta de seta continua além do eixo.',
  },
  legendTrial: { en: 'trial in the fit', 'pt-BR': 'ensaio no ajuste' },
  legendTrialOnly: { en: 'trial', 'pt-BR': 'ensaio' },
  legendLeftOut: { en: 'trial left out of it', 'pt-BR': 'ensaio fora dele' },
  legendMedian: { en: 'median, 95 % interval', 'pt-BR': 'mediana, intervalo de 95 %' },
  legendMedianOnly: { en: 'median', 'pt-BR': 'mediana' },
  legendClientLimited: { en: 'limited by its clients', 'pt-BR': 'limitada pelos clientes' },
  legendMachineLimited: { en: 'all processors full', 'pt-BR': 'todos os processadores cheios' },
  legendCensored: {
    en: 'at least: not saturated at this load',
    'pt-BR': 'no mínimo: não saturada com esta carga',
  },
  legendOffered: { en: 'offered rate', 'pt-BR': 'taxa oferecida' },
  legendIdeal: { en: 'ideal', 'pt-BR': 'ideal' },
  legendAllowed: {
    en: 'what the data allow, 95 % (no law claimed)',
    'pt-BR': 'o que os dados permitem, 95 % (nenhuma lei afirmada)',
  },
  legendBound: { en: 'clients / base latency', 'pt-BR': 'clientes / latência de base' },
  legendLaw: { en: 'fitted law, 95 % band', 'pt-BR': 'lei ajustada, faixa de 95 %' },
  legendPeak: { en: 'peak', 'pt-BR': 'pico' },
  legendBounds: { en: 'bounds by clients and by replicas', 'pt-BR': 'limites por clientes e por réplicas' },
  legendSlo: { en: 'service level', 'pt-BR': 'nível de serviço' },
  legendKnee: { en: 'knee (above), capacity (below)', 'pt-BR': 'joelho (acima), capacidade (abaixo)' },
  legendUndecided: { en: 'undecided', 'pt-BR': 'indeciso' },
  legendBeyond: { en: 'beyond the study', 'pt-BR': 'além do estudo' },
  legendSuspect: { en: 'SUSPECT', 'pt-BR': 'SUSPECT' },
  legendInvalid: { en: 'INVALID', 'pt-BR': 'INVALID' },
  nothing: {
    en: 'No cell of this study has the numbers for it.',
    'pt-BR': 'Nenhuma célula deste estudo tem os números para ela.',
  },
} as const satisfies Record<string, Sentence>;
