import type { Sentence } from '@escala/model';

/** Words of the figures of scaling, capacity and comparison. */
export const scalingWords = {
  efficiency: { en: 'Efficiency and serial fraction', 'pt-BR': 'Eficiência e fração serial' },
  efficiencyCaption: {
    en: 'Relative to {base}, at {load}. Left: speedup per replica with interval, dashed: ideal; right: Karp–Flatt serial fraction (constant: contention, growing: overhead). The legend names the law over replicas.{limited}{cut} {sample}',
    'pt-BR':
      'Em relação a {base}, com {load}. Esquerda: aceleração por réplica com intervalo, tracejado: ideal; direita: fração serial de Karp–Flatt (constante: contenção, crescente: sobrecarga). A legenda nomeia a lei em função das réplicas.{limited}{cut} {sample}',
  },
  efficiencyAbsent: {
    en: 'It needs a closed loop and at least two numbers of replicas with a throughput.',
    'pt-BR': 'Precisa de um laço fechado e de ao menos dois números de réplicas com vazão.',
  },
  hollowClients: { en: ' Hollow: limited by its clients.', 'pt-BR': ' Vazado: limitada pelos clientes.' },
  hollowMachine: {
    en: ' Hollow: all processors were full.',
    'pt-BR': ' Vazado: todos os processadores estavam cheios.',
  },
  hollowBoth: {
    en: ' Hollow: limited by its clients, or all processors were full.',
    'pt-BR': ' Vazado: limitada pelos clientes, ou todos os processadores estavam cheios.',
  },
  efficiencyReading: {
    en: '{series}, {replicas}: each one does {efficiency} of what each did with {base}.',
    'pt-BR': '{series}, {replicas}: cada uma faz {efficiency} do que cada uma fazia com {base}.',
  },
  capacity: { en: 'Capacity and demand', 'pt-BR': 'Capacidade e demanda' },
  capacityCaption: {
    en: 'Service level: {slo}. Capacity: most clients for which this and every smaller load is met; demand: fewest replicas that meet the load. Hollow: no measured load or number is enough. n = {n} {n?round|rounds}; a load counts as met or violated where one side of its 95 % limit says so, else as undecided.',
    'pt-BR':
      'Nível de serviço: {slo}. Capacidade: máximo de clientes em que esta carga e todas as menores são atendidas; demanda: mínimo de réplicas que atende a carga. Vazado: nenhuma carga ou número medido basta. n = {n} {n?rodada|rodadas}; uma carga conta como atendida ou violada onde um lado do seu limite de 95 % o diz, senão como indecisa.',
  },
  capacityReading: {
    en: '{series}, {replicas}: {slo} is met for up to {clients}.',
    'pt-BR': '{series}, {replicas}: {slo} é atendido para até {clients}.',
  },
  capacityNone: {
    en: 'It needs a closed loop and a service level that these trials could decide.',
    'pt-BR': 'Precisa de um laço fechado e de um nível de serviço que estes ensaios pudessem decidir.',
  },
  capacityUndecided: {
    en: '{series}: with these rounds {slo} is undecided for every number of replicas; more rounds may tell.',
    'pt-BR':
      '{series}: com estas rodadas, {slo} fica indeciso para todo número de réplicas; mais rodadas podem decidir.',
  },
  capacityGap: {
    en: '{series}, {replicas}: {slo} is met for {clients}, and yet not shown for fewer (violated, undecided or not assessable there).',
    'pt-BR':
      '{series}, {replicas}: {slo} é atendido para {clients}, e no entanto não está demonstrado para menos (violado, indeciso ou não avaliável ali).',
  },
  capacityUnknown: {
    en: '{series}: {slo} is shown for no number of replicas; at the smallest load it cannot be assessed everywhere.',
    'pt-BR':
      '{series}: {slo} não está demonstrado para nenhum número de réplicas; na menor carga, nem sempre se pode avaliar.',
  },
  capacityNever: {
    en: '{series}: {slo} is not met with any number of replicas, even at the smallest load.',
    'pt-BR': '{series}: {slo} não é atendido com nenhum número de réplicas, nem na menor carga.',
  },
  slo: { en: 'service level', 'pt-BR': 'nível de serviço' },
  sloFailures: { en: 'failures ≤ {share}', 'pt-BR': 'falhas ≤ {share}' },
  censored: { en: 'or more', 'pt-BR': 'ou mais' },
  undecidedTo: { en: 'undecided up to (clients)', 'pt-BR': 'indeciso até (clientes)' },
  tradeOff: { en: 'Latency against throughput', 'pt-BR': 'Latência em função da vazão' },
  tradeOffCaption: {
    en: 'Medians over rounds{messages}; each line goes through {loads} (labels where there is room). Knee: throughput / latency is largest. {sample}',
    'pt-BR':
      'Medianas das rodadas{messages}; cada linha passa por {loads} (rótulos onde há espaço). Joelho: vazão / latência é máxima. {sample}',
  },
  clientsAre: { en: '{loads} clients', 'pt-BR': '{loads} clientes' },
  ratesAre: { en: '{loads} requests/s offered', 'pt-BR': '{loads} requisições/s oferecidas' },
  tradeOffReading: {
    en: 'With {replicas}, {load} give {throughput} requests/s at a median of {latency} ms; {knee}.',
    'pt-BR': 'Com {replicas}, {load} dão {throughput} requisições/s com mediana de {latency} ms; {knee}.',
  },
  kneeAt: { en: 'the knee is at {load}', 'pt-BR': 'o joelho está em {load}' },
  kneeNone: { en: 'these loads show no knee', 'pt-BR': 'estas cargas não mostram joelho' },
  legendPowerKnee: { en: 'knee', 'pt-BR': 'joelho' },
  comparison: { en: 'Comparison of two systems', 'pt-BR': 'Comparação de dois sistemas' },
  comparisonCaption: {
    en: 'Throughput of {b} / {a} in each cell ({rows}) with its 95 % interval (right: {b} is faster); band: margin of {margin}; filled: false discovery rate q ≤ {q}.{chosen} n = {n} {n?round|rounds} on each side.',
    'pt-BR':
      'Vazão de {b} / {a} em cada célula ({rows}) com o intervalo de 95 % (à direita: {b} é mais rápido); faixa: margem de {margin}; cheio: taxa de falsas descobertas q ≤ {q}.{chosen} n = {n} {n?rodada|rodadas} de cada lado.',
  },
  comparisonChosen: {
    en: ' Of each panel the {rows} {rows?cell|cells} with the smallest q {rows?is|are} shown; all are in the table.',
    'pt-BR':
      ' De cada painel {rows?é mostrada a|são mostradas as} {rows} {rows?célula|células} de menor q; todas estão na tabela.',
  },
  comparisonReading: {
    en: 'Of {cells} {cells?cell|cells} {b} is faster than {a} in {faster}, slower in {slower}, equivalent in {equivalent}; in {inconclusive} it cannot be told.',
    'pt-BR':
      'De {cells} {cells?célula|células}, {b} é mais rápido que {a} em {faster}, mais lento em {slower}, equivalente em {equivalent}; em {inconclusive} não se pode concluir.',
  },
  comparisonOverall: {
    en: 'Over {n} {n?cell|cells} the ratio is {ratio}.',
    'pt-BR': 'Sobre {n} {n?célula|células}, a razão é {ratio}.',
  },
  systemA: { en: 'A', 'pt-BR': 'A' },
  systemB: { en: 'B', 'pt-BR': 'B' },
  faster: { en: 'faster', 'pt-BR': 'mais rápido' },
  slower: { en: 'slower', 'pt-BR': 'mais lento' },
  equivalent: { en: 'equivalent', 'pt-BR': 'equivalente' },
  inconclusive: { en: 'inconclusive', 'pt-BR': 'inconclusivo' },
  legendSignificant: { en: 'significant', 'pt-BR': 'significativo' },
  legendNotSignificant: { en: 'not significant', 'pt-BR': 'não significativo' },
  legendMargin: { en: 'margin of equivalence', 'pt-BR': 'margem de equivalência' },
  comparisonAbsent: {
    en: 'It needs two systems, with at least two rounds of the same cells that are not INVALID.',
    'pt-BR': 'Precisa de dois sistemas, com ao menos duas rodadas das mesmas células que não sejam INVALID.',
  },
  diagnostics: { en: 'Fit diagnostics', 'pt-BR': 'Diagnóstico do ajuste' },
  diagnosticsCaption: {
    en: 'Residuals (logarithm of measured / fitted) of the {law} fit of {subject}, against N and against the order in which the trials were made.{region} n = {rows} {rows?trial|trials}.',
    'pt-BR':
      'Resíduos (logaritmo de medido / ajustado) do ajuste {law} de {subject}, em função de N e da ordem em que os ensaios foram feitos.{region} n = {rows} {rows?ensaio|ensaios}.',
  },
  diagnosticsRegion: {
    en: ' Right: joint 95 % region of α and β around the estimate.',
    'pt-BR': ' Direita: região conjunta de 95 % de α e β em torno da estimativa.',
  },
  diagnosticsReading: {
    en: 'The trial farthest from the fit is {largest} off; {lack}.',
    'pt-BR': 'O ensaio mais distante do ajuste difere dele em {largest}; {lack}.',
  },
  lackShown: {
    en: 'the levels miss the law by more than their rounds vary (lack of fit p = {p})',
    'pt-BR': 'os níveis erram a lei por mais do que as rodadas variam (falta de ajuste p = {p})',
  },
  lackNotShown: {
    en: 'the levels show no lack of fit (p = {p})',
    'pt-BR': 'os níveis não mostram falta de ajuste (p = {p})',
  },
  lackUntested: {
    en: 'lack of fit cannot be tested, which takes rounds that differ and more levels than the law has parameters',
    'pt-BR':
      'a falta de ajuste não pode ser testada, o que exige rodadas que difiram e mais níveis que parâmetros da lei',
  },
  diagnosticsAbsent: {
    en: 'No law is claimed, so there are no residuals.',
    'pt-BR': 'Nenhuma lei é afirmada, portanto não há resíduos.',
  },
} as const satisfies Record<string, Sentence>;
