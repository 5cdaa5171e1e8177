import type { Sentence } from '@escala/model';

/** Words of the figures of latency, time and balance. */
export const distributionWords = {
  spectrum: { en: 'Latency spectrum', 'pt-BR': 'Espectro da latência' },
  spectrumCaption: {
    en: '{load}; thick: all trials pooled, thin: each trial.{doubts} A line ends where fewer than ten requests lie beyond. n = {n} {n?round|rounds}; no intervals: requests of one trial are not independent.',
    'pt-BR':
      '{load}; traço grosso: todos os ensaios juntos, fino: cada ensaio.{doubts} Uma linha termina onde há menos de dez requisições além. n = {n} {n?rodada|rodadas}; sem intervalos: as requisições de um ensaio não são independentes.',
  },
  spectrumReading: {
    en: '{cell}: {half}{share} % of the {ranked?requests|answers} take at most {tail} ms, the last percentile that can be told.',
    'pt-BR':
      '{cell}: {half}{share} % das {ranked?requisições|respostas} levam no máximo {tail} ms, o último percentil que se pode afirmar.',
  },
  spectrumHalf: {
    en: 'half take at most {median} ms, and ',
    'pt-BR': 'metade leva no máximo {median} ms, e ',
  },
  tail: {
    en: 'Share of requests slower than a latency',
    'pt-BR': 'Fração de requisições mais lentas que uma latência',
  },
  tailCaption: {
    en: '{load}; complementary distribution of latency, both axes logarithmic: a steep end means no stragglers.{doubts} n = {n} {n?round|rounds pooled}; no intervals: requests of one trial are not independent.',
    'pt-BR':
      '{load}; distribuição complementar da latência, ambos os eixos logarítmicos: um fim íngreme significa ausência de retardatárias.{doubts} n = {n} {n?rodada|rodadas juntas}; sem intervalos: as requisições de um ensaio não são independentes.',
  },
  tailReading: {
    en: '{cell}: one {ranked?request|answer} in {share} takes {ms} ms or more.',
    'pt-BR': '{cell}: uma {ranked?requisição|resposta} em {share} leva {ms} ms ou mais.',
  },
  time: { en: 'Throughput and latency over time', 'pt-BR': 'Vazão e latência ao longo do tempo' },
  timeCaption: {
    en: 'Slices of round {round}, {load}, one column a trial.{doubts}{incidents} n = 1 trial a column; no intervals.',
    'pt-BR':
      'Fatias da rodada {round}, {load}, uma coluna por ensaio.{doubts}{incidents} n = 1 ensaio por coluna; sem intervalos.',
  },
  doubts: {
    en: ' Of {trials} {trials?trial|trials} shown, {suspect} {suspect?is|are} SUSPECT and {invalid} INVALID.',
    'pt-BR':
      ' {trials?Do|Dos} {trials} {trials?ensaio mostrado|ensaios mostrados}, {suspect} {suspect?é|são} SUSPECT e {invalid} INVALID.',
  },
  timeIncidents: { en: ' Platform events: {codes}.', 'pt-BR': ' Eventos da plataforma: {codes}.' },
  timeReading: {
    en: '{cell}: the trial lasted {seconds} s; {steady}.',
    'pt-BR': '{cell}: o ensaio durou {seconds} s; {steady}.',
  },
  steady: { en: 'its latency was steady from the start', 'pt-BR': 'a latência foi estável desde o início' },
  steadyAfter: {
    en: 'its latency was steady from {seconds} s on',
    'pt-BR': 'a latência foi estável a partir de {seconds} s',
  },
  steadyNever: { en: 'its latency never became steady', 'pt-BR': 'a latência nunca ficou estável' },
  steadyUnknown: {
    en: 'it is too short to tell whether its latency was steady',
    'pt-BR': 'é curto demais para dizer se a latência foi estável',
  },
  legendP50: { en: 'throughput, median latency', 'pt-BR': 'vazão, latência mediana' },
  legendP95: { en: 'p95 latency', 'pt-BR': 'latência p95' },
  legendWindow: { en: 'all clients active', 'pt-BR': 'todos os clientes ativos' },
  legendWarmUp: { en: 'end of the warm-up', 'pt-BR': 'fim do aquecimento' },
  legendIncident: { en: 'platform event', 'pt-BR': 'evento da plataforma' },
  answered: { en: 'answered', 'pt-BR': 'respondidas' },
  timeColumn: { en: 'time', 'pt-BR': 'tempo' },
  balance: { en: 'Requests per replica', 'pt-BR': 'Requisições por réplica' },
  balanceCaption: {
    en: '{load}; rounds side by side. J: Jain index of the cell (1 is equal). Connections are balanced, requests are not.{doubts} n = {n} {n?round|rounds}; no intervals.',
    'pt-BR':
      '{load}; rodadas lado a lado. J: índice de Jain da célula (1 é igual). As conexões são equilibradas, as requisições não.{doubts} n = {n} {n?rodada|rodadas}; sem intervalos.',
  },
  balanceReading: {
    en: '{cell}: the busiest replica took {most} {most?request|requests} and the idlest {least}; equal shares would be {mean}.',
    'pt-BR':
      '{cell}: a réplica mais ocupada recebeu {most} {most?requisição|requisições} e a menos ocupada {least}; partes iguais seriam {mean}.',
  },
  legendReplica: { en: 'a replica in a round', 'pt-BR': 'uma réplica em uma rodada' },
  legendEqual: { en: 'equal share', 'pt-BR': 'partes iguais' },
  share: { en: 'share at or below', 'pt-BR': 'fração até' },
  latency: { en: 'latency', 'pt-BR': 'latência' },
} as const satisfies Record<string, Sentence>;
