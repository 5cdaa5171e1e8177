import type { AuditName, Sentence } from '@escala/model';

/** What each audit is called, and what it checks. */
export const auditWords: Readonly<Record<AuditName, { readonly name: Sentence; readonly checks: Sentence }>> =
  {
    conservation: {
      name: { en: 'conservation', 'pt-BR': 'conservação' },
      checks: {
        en: 'every row that was written when the cell ended is still there',
        'pt-BR': 'cada linha escrita no fim da célula ainda está lá',
      },
    },
    'planned-work': {
      name: { en: 'planned work', 'pt-BR': 'trabalho planejado' },
      checks: { en: 'every planned request has one row', 'pt-BR': 'cada requisição planejada tem uma linha' },
    },
    ledger: {
      name: { en: 'ledger', 'pt-BR': 'registro' },
      checks: {
        en: 'what the clients saw acknowledged is what the servers recorded, once each',
        'pt-BR': 'o que os clientes viram confirmado é o que os servidores registraram, uma vez cada',
      },
    },
    failures: {
      name: { en: 'failures', 'pt-BR': 'falhas' },
      checks: {
        en: 'the requests were answered with a 2xx',
        'pt-BR': 'as requisições foram respondidas com 2xx',
      },
    },
    'littles-law': {
      name: { en: 'Little’s law', 'pt-BR': 'lei de Little' },
      checks: {
        en: 'requests in flight = throughput × latency',
        'pt-BR': 'requisições em andamento = vazão × latência',
      },
    },
    'interactive-law': {
      name: { en: 'interactive law', 'pt-BR': 'lei interativa' },
      checks: {
        en: 'clients = throughput × (latency + think time)',
        'pt-BR': 'clientes = vazão × (latência + tempo de reflexão)',
      },
    },
    'client-residual': {
      name: { en: 'client residual', 'pt-BR': 'resíduo dos clientes' },
      checks: {
        en: 'share of the clients’ time that is neither waiting nor thinking',
        'pt-BR': 'fração do tempo dos clientes que não é espera nem reflexão',
      },
    },
    'client-limits': {
      name: { en: 'client limits', 'pt-BR': 'limites dos clientes' },
      checks: {
        en: 'the load agents kept up: send lag, event loop, processor',
        'pt-BR': 'os agentes de carga deram conta: atraso de envio, laço de eventos, processador',
      },
    },
    utilisation: {
      name: { en: 'utilisation', 'pt-BR': 'utilização' },
      checks: {
        en: 'no replica was more than fully busy',
        'pt-BR': 'nenhuma réplica esteve mais ocupada do que é possível',
      },
    },
    'forced-flow': {
      name: { en: 'forced flow', 'pt-BR': 'fluxo forçado' },
      checks: {
        en: 'answers of all replicas = answers that the clients got',
        'pt-BR': 'respostas de todas as réplicas = respostas que os clientes receberam',
      },
    },
    containment: {
      name: { en: 'containment', 'pt-BR': 'contenção no tempo' },
      checks: {
        en: 'no request took less at the client than in the server',
        'pt-BR': 'nenhuma requisição levou menos no cliente que no servidor',
      },
    },
    bounds: {
      name: { en: 'bounds', 'pt-BR': 'limites' },
      checks: {
        en: 'throughput is below what clients and replicas can give at most',
        'pt-BR': 'a vazão está abaixo do máximo que clientes e réplicas podem dar',
      },
    },
    backlog: {
      name: { en: 'backlog', 'pt-BR': 'acúmulo' },
      checks: {
        en: 'in an open loop, requests in flight do not grow',
        'pt-BR': 'em laço aberto, as requisições em andamento não crescem',
      },
    },
    balance: {
      name: { en: 'balance', 'pt-BR': 'equilíbrio' },
      checks: {
        en: 'requests per replica (Jain); names a cause, lowers no verdict',
        'pt-BR': 'requisições por réplica (Jain); nomeia uma causa, não rebaixa veredito',
      },
    },
    'start-skew': {
      name: { en: 'start skew', 'pt-BR': 'defasagem do início' },
      checks: { en: 'the clients began together', 'pt-BR': 'os clientes começaram juntos' },
    },
    clocks: {
      name: { en: 'clocks', 'pt-BR': 'relógios' },
      checks: {
        en: 'client and server clocks agree',
        'pt-BR': 'os relógios de cliente e servidor concordam',
      },
    },
    'warm-up': {
      name: { en: 'warm-up', 'pt-BR': 'aquecimento' },
      checks: {
        en: 'where MSER-5 would cut the beginning; reported, never cut',
        'pt-BR': 'onde o MSER-5 cortaria o início; relatado, nunca cortado',
      },
    },
    platform: {
      name: { en: 'platform', 'pt-BR': 'plataforma' },
      checks: {
        en: 'no restart, eviction or throttling while the cell ran',
        'pt-BR': 'nenhum reinício, despejo ou estrangulamento durante a célula',
      },
    },
    machine: {
      name: { en: 'machine', 'pt-BR': 'máquina' },
      checks: {
        en: 'processors were left while the cell ran',
        'pt-BR': 'sobravam processadores durante a célula',
      },
    },
    neighbours: {
      name: { en: 'neighbours', 'pt-BR': 'vizinhos' },
      checks: {
        en: 'no other program or virtual machine took the processors',
        'pt-BR': 'nenhum outro programa nem máquina virtual tomou os processadores',
      },
    },
  };
