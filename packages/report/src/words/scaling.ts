import type { Sentence } from '@escala/model';

/** Words of the figures of scaling, capacity and comparison. */
export const scalingWords = {
  efficiency: { en: 'Efficiency and serial fraction', 'pt-BR': 'Eficiência e fração serial' },
  efficiencyCaption: {
    en: 'Relative to {base} replicas, at {clients} clients. Left: speedup per replica with interval, dashed: ideal; right: Karp–Flatt serial fraction (constant: contention, growing: overhead). Hollow: client-limited. {sample}',
    'pt-BR':
      'Em relação a {base} réplicas, com {clients} clientes. Esquerda: aceleração por réplica com intervalo, tracejado: ideal; direita: fração serial de Karp–Flatt (constante: contenção, crescente: sobrecarga). Vazado: limitada pelo cliente. {sample}',
  },
  efficiencyReading: {
    en: 'At {replicas} replicas each one does {efficiency} of what one did at {base}.',
    'pt-BR': 'Com {replicas} réplicas, cada uma faz {efficiency} do que fazia com {base}.',
  },
  capacity: { en: 'Capacity and demand', 'pt-BR': 'Capacidade e demanda' },
  capacityCaption: {
    en: 'Service level: {slo}. Capacity: most clients for which this and every smaller load is met; arrow: even the largest load is met. Demand: fewest replicas that meet the load. One line a number of messages. {sample}',
    'pt-BR':
      'Nível de serviço: {slo}. Capacidade: máximo de clientes em que esta carga e todas as menores são atendidas; seta: até a maior carga é atendida. Demanda: mínimo de réplicas que atende a carga. Uma linha por número de mensagens. {sample}',
  },
  capacityReading: {
    en: 'With {replicas} replicas and {messages} messages per client the service level is met for up to {clients} clients.',
    'pt-BR':
      'Com {replicas} réplicas e {messages} mensagens por cliente, o nível de serviço é atendido para até {clients} clientes.',
  },
  capacityNone: {
    en: 'The experiment names no service level that these runs could decide.',
    'pt-BR': 'O experimento não indica um nível de serviço que estas execuções pudessem decidir.',
  },
  capacityReadingNone: {
    en: 'No number of replicas is shown to meet the service level.',
    'pt-BR': 'Não se mostra que algum número de réplicas atenda o nível de serviço.',
  },
  censored: { en: 'at least', 'pt-BR': 'no mínimo' },
  yes: { en: 'yes', 'pt-BR': 'sim' },
  no: { en: 'no', 'pt-BR': 'não' },
  tradeOff: { en: 'Latency against throughput', 'pt-BR': 'Latência em função da vazão' },
  tradeOffCaption: {
    en: 'Medians over rounds at {messages} messages per client; each line goes from {fewest} to {most} clients (labels at its ends). Ring: knee where throughput / latency is largest. {sample}',
    'pt-BR':
      'Medianas das rodadas com {messages} mensagens por cliente; cada linha vai de {fewest} a {most} clientes (rótulos nas pontas). Anel: joelho onde vazão / latência é máxima. {sample}',
  },
  tradeOffReading: {
    en: 'With {replicas} replicas, {clients} clients give {throughput} requests/s at a median of {latency} ms; where a line turns up, more clients only wait longer.',
    'pt-BR':
      'Com {replicas} réplicas, {clients} clientes dão {throughput} requisições/s com mediana de {latency} ms; onde a linha sobe, mais clientes apenas esperam mais.',
  },
  comparison: { en: 'Comparison of two systems', 'pt-BR': 'Comparação de dois sistemas' },
  comparisonCaption: {
    en: 'Throughput of {b} / {a} for each cell with 95 % interval; band: margin of {margin}; filled: significant after control of the false discovery rate (q ≤ 0.05). n = {rounds} rounds on each side.',
    'pt-BR':
      'Vazão de {b} / {a} em cada célula com intervalo de 95 %; faixa: margem de {margin}; cheio: significativo após controle da taxa de falsas descobertas (q ≤ 0,05). n = {rounds} rodadas de cada lado.',
  },
  comparisonReading: {
    en: '{b} is faster than {a} in {faster} cells, slower in {slower}, and undecided or equivalent in {other}.',
    'pt-BR':
      '{b} é mais rápido que {a} em {faster} células, mais lento em {slower}, e indeciso ou equivalente em {other}.',
  },
  comparisonAbsent: {
    en: 'This study has one system; a comparison needs two.',
    'pt-BR': 'Este estudo tem um sistema; uma comparação precisa de dois.',
  },
  diagnostics: { en: 'Fit diagnostics', 'pt-BR': 'Diagnóstico do ajuste' },
  diagnosticsCaption: {
    en: 'Residuals of the {law} fit against replicas and against the order of the runs, and the joint 95 % region of α and β where the USL was fitted. n = {rows} runs.',
    'pt-BR':
      'Resíduos do ajuste {law} em função das réplicas e da ordem das execuções, e a região conjunta de 95 % de α e β onde a USL foi ajustada. n = {rows} execuções.',
  },
  diagnosticsReading: {
    en: 'Residuals without a pattern support the law; a trend in the order would mean drift during the study.',
    'pt-BR': 'Resíduos sem padrão apoiam a lei; uma tendência na ordem significaria deriva durante o estudo.',
  },
  diagnosticsAbsent: {
    en: 'No law was fitted, so there are no residuals.',
    'pt-BR': 'Nenhuma lei foi ajustada, portanto não há resíduos.',
  },
} as const satisfies Record<string, Sentence>;
