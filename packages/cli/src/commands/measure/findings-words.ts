import type { Sentence } from '@escala/model';

/** What the terminal says when a study is over. */
export const findingsWords = {
  tableHeader: {
    en: 'system|replicas|{load}|answered/s|failed|p50 ms|p95 ms|verdict',
    'pt-BR': 'sistema|réplicas|{load}|vazão/s|falhas|p50 ms|p95 ms|veredito',
  },
  loadClosed: { en: 'clients×messages', 'pt-BR': 'clientes×mensagens' },
  loadOpen: { en: 'offered', 'pt-BR': 'oferecida' },
  moreRows: {
    en: '… and {count} more {count?row|rows} in the report',
    'pt-BR': '… e mais {count} {count?linha|linhas} no relatório',
  },
  found: {
    en: '{cells} {cells?cell|cells} in {rounds} {rounds?round|rounds}, {requests} {requests?request|requests}. Trials: {valid} VALID, {suspect} SUSPECT, {invalid} INVALID.',
    'pt-BR':
      '{cells} {cells?célula|células} em {rounds} {rounds?rodada|rodadas}, {requests} {requests?requisição|requisições}. Ensaios: {valid} VALID, {suspect} SUSPECT, {invalid} INVALID.',
  },
  best: {
    en: 'The largest throughput was {throughput} requests/s, in {cell} ({verdict}).',
    'pt-BR': 'A maior vazão foi de {throughput} requisições/s, em {cell} ({verdict}).',
  },
  bestFailing: {
    en: 'The largest throughput was {throughput} requests/s, in {cell} ({verdict}), where {share} of the requests failed.',
    'pt-BR':
      'A maior vazão foi de {throughput} requisições/s, em {cell} ({verdict}), onde {share} das requisições falharam.',
  },
  nothingValid: {
    en: 'No cell is VALID or SUSPECT, so there is no throughput to name.',
    'pt-BR': 'Nenhuma célula é VALID ou SUSPECT, portanto não há vazão a citar.',
  },
  growth: {
    en: '{system}: {replicas} {replicas?replica|replicas} did {speedup} times the work of {base}{interval} (at {clients} {clients?client|clients} × {messages} {messages?message|messages}).',
    'pt-BR':
      '{system}: {replicas} {replicas?réplica fez|réplicas fizeram} {speedup} vezes o trabalho de {base}{interval} (com {clients} {clients?cliente|clientes} × {messages} {messages?mensagem|mensagens}).',
  },
  growthOnFull: {
    en: 'At {levels} {levels?replica|replicas} all processors were full: those are numbers of this machine, not of more servers.',
    'pt-BR':
      'Com {levels} {levels?réplica|réplicas} todos os processadores estavam cheios: são números desta máquina, não de mais servidores.',
  },
  growthInterval: { en: ', 95 % {low} to {high}', 'pt-BR': ', 95 % de {low} a {high}' },
  law: { en: 'Over {subject}: {said}', 'pt-BR': 'Em função de {subject}: {said}' },
  oneRound: {
    en: 'One round gives throughput and latency no intervals; five may: {command}',
    'pt-BR': 'Uma rodada não dá intervalos à vazão e à latência; cinco podem dar: {command}',
  },
  where: {
    en: 'Everything is in {folder}: report.html, figures/, tables/, results.json, requests.csv.',
    'pt-BR': 'Tudo está em {folder}: report.html, figures/, tables/, results.json, requests.csv.',
  },
} as const satisfies Record<string, Sentence>;
