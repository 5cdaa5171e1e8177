import type { Sentence } from './language.ts';

/** What is wrong with a file in the older form of 10 columns, and what can be concluded from two of them. */
export const originFindings = {
  'no-ledger': {
    en: 'There is no server-side record: whether a request was lost or handled twice cannot be known.',
    'pt-BR':
      'Não há registro do lado do servidor: não se pode saber se uma requisição foi perdida ou tratada duas vezes.',
  },
  'clients-repeat': {
    en: '{repeated} of {ids} client {ids?id|ids} {repeated?stands|stand} in more than one scenario, and {doubled} {doubled?pair|pairs} of client and message {doubled?stands|stand} twice inside one: ids cannot tell requests apart.',
    'pt-BR':
      '{repeated} de {ids} {ids?id|ids} de cliente {repeated?aparece|aparecem} em mais de um cenário, e {doubled} {doubled?par|pares} de cliente e mensagem {doubled?aparece|aparecem} duas vezes em um só: os ids não distinguem requisições.',
  },
  'rows-per-session': {
    en: '{rows} {rows?row stands|rows stand} for {messages} {messages?message|messages}: one row a client session, with the last message number. The response time is that of the whole session, and no latency of a single message is known.',
    'pt-BR':
      '{rows} {rows?linha representa|linhas representam} {messages} {messages?mensagem|mensagens}: uma linha por sessão de cliente, com o número da última mensagem. O tempo de resposta é o da sessão inteira, e nenhuma latência de mensagem é conhecida.',
  },
  'scenarios-missing': {
    en: 'Levels of the founding study are missing without a word: {missing}.',
    'pt-BR': 'Faltam, sem aviso, níveis do estudo fundador: {missing}.',
  },
  'combinations-missing': {
    en: 'Of the levels that are there, {count} {count?combination is|combinations are} missing without a word: {missing}.',
    'pt-BR':
      'Dos níveis presentes, {count?falta|faltam} {count} {count?combinação|combinações}, sem aviso: {missing}.',
  },
  'repetitions-few': {
    en: 'Repetitions of each scenario: {repetitions}. An interval of a median needs 6.',
    'pt-BR': 'Repetições de cada cenário: {repetitions}. Um intervalo da mediana precisa de 6.',
  },
  'repetitions-share': {
    en: 'In {cells} {cells?scenario|scenarios} the repetitions ran against the same replicas: they are one deployment, not independent.',
    'pt-BR':
      'Em {cells} {cells?cenário|cenários} as repetições usaram as mesmas réplicas: são uma só implantação, não são independentes.',
  },
  'order-fixed': {
    en: 'The scenarios ran in ascending order, never shuffled: a drift of the machine looks like an effect of the load.',
    'pt-BR':
      'Os cenários rodaram em ordem crescente, nunca embaralhada: uma deriva da máquina parece efeito da carga.',
  },
  'replicas-idle': {
    en: 'In {cells} {cells?scenario|scenarios} a replica got no request at all.',
    'pt-BR': 'Em {cells} {cells?cenário|cenários} uma réplica não recebeu requisição alguma.',
  },
  'clock-wall': {
    en: 'Times come from a wall clock, and nothing says whether it was stepped; {negative} {negative?row ends before it begins|rows end before they begin}, and in {mismatches} the response time is not the difference of the times.',
    'pt-BR':
      'Os tempos vêm de um relógio de parede, e nada diz se foi ajustado; {negative} {negative?linha termina|linhas terminam} antes de começar, e em {mismatches} o tempo de resposta não é a diferença dos tempos.',
  },
  'rows-unordered': {
    en: '{rows} {rows?row begins before the row above it|rows begin before the row above them}: the file is not in the order of time.',
    'pt-BR':
      '{rows} {rows?linha começa|linhas começam} antes da linha acima: o arquivo não está na ordem do tempo.',
  },
  'line-ends-mixed': {
    en: 'Lines end in more than one way (LF, CR LF or CR): the file was put together from two programs.',
    'pt-BR':
      'As linhas terminam de mais de um modo (LF, CR LF ou CR): o arquivo foi montado por dois programas.',
  },
  'nothing-common': {
    en: '{a} and {b} have no scenario in common: nothing can be compared.',
    'pt-BR': '{a} e {b} não têm cenário em comum: nada se pode comparar.',
  },
  'measured-apart': {
    en: 'All of {first} was measured before all of {second}, {minutes} {minutes?minute|minutes} apart: a difference may be one of time.',
    'pt-BR':
      'Tudo de {first} foi medido antes de tudo de {second}, com {minutes} {minutes?minuto|minutos} de distância: uma diferença pode vir do momento.',
  },
  'conclusion-undecided': {
    en: 'Over {cells} {cells?scenario|scenarios} {b} takes {ratio} times as long as {a} (95 % {low} to {high}); the ratio of the plain means is {meansRatio} and of the medians {mediansRatio}. The data do not support a ranking of {a} and {b}.',
    'pt-BR':
      'Em {cells} {cells?cenário|cenários} {b} leva {ratio} vezes o tempo de {a} (95 % {low} a {high}); a razão das médias simples é {meansRatio} e a das medianas {mediansRatio}. Os dados não sustentam uma ordem entre {a} e {b}.',
  },
  'conclusion-difference': {
    en: 'Over {cells} {cells?scenario|scenarios} {b} takes {ratio} times as long as {a} (95 % {low} to {high}); the ratio of the plain means is {meansRatio} and of the medians {mediansRatio}. That is a difference between two runs; that it is one between the systems is not shown, because they ran one after the other.',
    'pt-BR':
      'Em {cells} {cells?cenário|cenários} {b} leva {ratio} vezes o tempo de {a} (95 % {low} a {high}); a razão das médias simples é {meansRatio} e a das medianas {mediansRatio}. É uma diferença entre duas execuções; que seja entre os sistemas não está mostrado, pois rodaram uma após a outra.',
  },
} as const satisfies Record<string, Sentence>;
export type OriginFinding = keyof typeof originFindings;
