import type { Sentence } from './language.ts';

/**
 * What an audit found, what was left out and why, and why there is no law: `AuditResult.finding`, `Exclusion.reason` and
 * `LawResult.problem` are keys of this table. Places are the names of the result's `values`; a value is said with the
 * unit that its name tells.
 */
export const findings = {
  'conservation.holds': {
    en: 'All rows that were counted when the cell was joined are there ({rows}).',
    'pt-BR': 'Todas as linhas contadas quando a célula foi reunida estão lá ({rows}).',
  },
  'conservation.differs': {
    en: 'The file has {rows} client {rows?row|rows}, and {counted} {counted?was|were} counted when the cell was joined, or their kinds differ: the rows were changed. Restore the file or measure the cell again.',
    'pt-BR':
      'O arquivo tem {rows} {rows?linha|linhas} de clientes, e {counted} {counted?foi contada|foram contadas} quando a célula foi reunida, ou os tipos diferem: as linhas foram alteradas. Restaure o arquivo ou meça a célula de novo.',
  },
  'planned-work.holds': {
    en: 'Every planned request has a row ({planned}).',
    'pt-BR': 'Cada requisição planejada tem uma linha ({planned}).',
  },
  'planned-work.differs': {
    en: '{planned} {planned?request was|requests were} planned, and {requests} {requests?has|have} a row. Look for an agent that ended early.',
    'pt-BR':
      '{planned} {planned?requisição foi planejada|requisições foram planejadas}, e {requests} {requests?tem|têm} uma linha. Procure um agente que terminou cedo.',
  },
  'planned-work.uneven': {
    en: 'The number of rows is right, but clients have from {fewest} to {most} {most?message|messages}: some rows carry the number of another client.',
    'pt-BR':
      'O número de linhas está certo, mas os clientes têm de {fewest} a {most} {most?mensagem|mensagens}: algumas linhas levam o número de outro cliente.',
  },
  'ledger.closes': {
    en: 'The ledger closes: {recorded} recorded, nothing lost, doubled or unexpected.',
    'pt-BR':
      'O registro fecha: {recorded} {recorded?requisição registrada|requisições registradas}, nada perdido, duplicado ou inesperado.',
  },
  'ledger.lost': {
    en: '{missing} {missing?request was|requests were} acknowledged and {missing?is|are} in no ledger: the server lost {missing?it|them}.',
    'pt-BR':
      '{missing} {missing?requisição foi confirmada e não está|requisições foram confirmadas e não estão} em registro algum: o servidor {missing?a|as} perdeu.',
  },
  'ledger.duplicated': {
    en: '{duplicated} {duplicated?request is|requests are} in the ledgers more than once.',
    'pt-BR': '{duplicated} {duplicated?requisição está|requisições estão} nos registros mais de uma vez.',
  },
  'ledger.unexpected': {
    en: '{unexpected} ledger {unexpected?row belongs|rows belong} to no request of this cell: somebody else sent to these servers.',
    'pt-BR':
      '{unexpected} {unexpected?linha do registro não pertence|linhas do registro não pertencem} a requisição alguma desta célula: alguém mais enviou a estes servidores.',
  },
  'ledger.none': {
    en: 'This system keeps no ledger, so losses and doubles cannot be seen.',
    'pt-BR': 'Este sistema não mantém registro, portanto perdas e duplicatas não podem ser vistas.',
  },
  'ledger.empty': {
    en: 'No request was acknowledged, so there was nothing to find in the ledger.',
    'pt-BR': 'Nenhuma requisição foi confirmada, portanto nada havia a encontrar no registro.',
  },
  'failures.none': {
    en: 'Every request was answered ({requests}).',
    'pt-BR': 'Todas as requisições foram respondidas ({requests}).',
  },
  'failures.few': {
    en: '{failed} of {requests} {requests?request|requests} failed ({share}): {kinds}.',
    'pt-BR': '{failed} de {requests} {requests?requisição falhou|requisições falharam} ({share}): {kinds}.',
  },
  'failures.allowed': {
    en: "{failed} of {requests} {requests?request|requests} failed ({share}), and the experiment's service level allows {limit}: {kinds}. Throughput and latency are those of the answers.",
    'pt-BR':
      '{failed} de {requests} {requests?requisição falhou|requisições falharam} ({share}), e o nível de serviço do experimento permite {limit}: {kinds}. Vazão e latência são as das respostas.',
  },
  'failures.many': {
    en: '{failed} of {requests} {requests?request|requests} failed ({share}, limit {limit}): {kinds}. Throughput and latency are those of the answers alone. Look for the reason in what the servers say; a study that may fail more says so with "slo: [{failures: …}]".',
    'pt-BR':
      '{failed} de {requests} {requests?requisição falhou|requisições falharam} ({share}, limite {limit}): {kinds}. Vazão e latência são só as das respostas. Procure o motivo no que os servidores dizem; um estudo que pode falhar mais o declara com "slo: [{failures: …}]".',
  },
  'failures.fault': {
    en: '{failed} of {requests} {requests?request|requests} failed ({share}): {kinds}. The experiment breaks something on purpose ({faults}); throughput and latency are those of the answers alone.',
    'pt-BR':
      '{failed} de {requests} {requests?requisição falhou|requisições falharam} ({share}): {kinds}. O experimento quebra algo de propósito ({faults}); vazão e latência são só as das respostas.',
  },
  'failures.all': {
    en: 'No request was answered ({kinds}): nothing was measured. See what the servers say, and whether "path" or the address is the right one.',
    'pt-BR':
      'Nenhuma requisição foi respondida ({kinds}): nada foi medido. Veja o que os servidores dizem, e se "path" ou o endereço estão certos.',
  },
  'failures.unknown': {
    en: 'The trial has no request.',
    'pt-BR': 'O ensaio não tem requisição.',
  },
  'littles-law.holds': {
    en: 'On average {inFlight} requests were in flight, and throughput × latency gives {rateTimesResidence}.',
    'pt-BR':
      'Em média {inFlight} requisições estavam em andamento, e vazão × latência dá {rateTimesResidence}.',
  },
  'littles-law.differs': {
    en: 'On average {inFlight} requests were in flight, and throughput × latency gives {rateTimesResidence}: the cell was not in steady state. Raise "messages" in the experiment (in an open loop, "duration").',
    'pt-BR':
      'Em média {inFlight} requisições estavam em andamento, e vazão × latência dá {rateTimesResidence}: a célula não estava em regime permanente. Aumente "messages" no experimento (em laço aberto, "duration").',
  },
  'littles-law.bookkeeping': {
    en: 'In {rows} {rows?row|rows} the latency is not the difference of the times: the record contradicts itself.',
    'pt-BR':
      'Em {rows} {rows?linha|linhas} a latência não é a diferença dos tempos: o registro se contradiz.',
  },
  'littles-law.burst': {
    en: 'Too few requests per client for a law of steady state; the cell is a burst.',
    'pt-BR': 'Há requisições de menos por cliente para uma lei de regime permanente; a célula é uma rajada.',
  },
  'interactive-law.holds': {
    en: 'Throughput and latency account for {implied} of {clients} {clients?client|clients}.',
    'pt-BR': 'Vazão e latência explicam {implied} de {clients} {clients?cliente|clientes}.',
  },
  'interactive-law.too-few': {
    en: 'Throughput and latency account for only {implied} of {clients} {clients?client|clients}: the rest of the time the clients were busy with themselves. Give the clients more processor, or spread them over more agents ("agents"; on a cluster, fewer "clientsPerPod").',
    'pt-BR':
      'Vazão e latência explicam apenas {implied} de {clients} {clients?cliente|clientes}: no resto do tempo os clientes estavam ocupados consigo mesmos. Dê mais processador aos clientes, ou distribua-os por mais agentes ("agents"; num cluster, menos "clientsPerPod").',
  },
  'interactive-law.too-many': {
    en: 'Throughput and latency account for {implied} clients, and there {clients?was|were} {clients}: times or counts are wrong.',
    'pt-BR':
      'Vazão e latência explicam {implied} clientes, e havia {clients}: tempos ou contagens estão errados.',
  },
  'interactive-law.connecting': {
    en: '{requests} {requests?request|requests} found no connection, and how long each was tried for is unknown; the others explain {share} of the clients’ time.',
    'pt-BR':
      '{requests} {requests?requisição não encontrou|requisições não encontraram} conexão, e não se sabe por quanto tempo cada uma tentou; as outras explicam {share} do tempo dos clientes.',
  },
  'interactive-law.burst': {
    en: 'Too few requests per client for the interactive law; the cell is a burst.',
    'pt-BR': 'Há requisições de menos por cliente para a lei interativa; a célula é uma rajada.',
  },
  'interactive-law.open': {
    en: 'The load is open: there is no fixed number of clients.',
    'pt-BR': 'A carga é aberta: não há número fixo de clientes.',
  },
  'client-residual.low': {
    en: 'The clients were busy with themselves for {residual} of their time (limit {limit}).',
    'pt-BR': 'Os clientes estiveram ocupados consigo mesmos em {residual} do tempo (limite {limit}).',
  },
  'client-residual.high': {
    en: 'The clients were busy with themselves for {residual} of their time (limit {limit}): the cell is limited by the clients, not by the servers. Spread the load over more agents ("agents"; on a cluster, fewer "clientsPerPod").',
    'pt-BR':
      'Os clientes estiveram ocupados consigo mesmos em {residual} do tempo (limite {limit}): a célula é limitada pelos clientes, não pelos servidores. Distribua a carga por mais agentes ("agents"; num cluster, menos "clientsPerPod").',
  },
  'client-residual.connecting': {
    en: '{requests} {requests?request|requests} found no connection, and how long each was tried for is unknown: it may be the {residual} of the clients’ time that nothing else explains.',
    'pt-BR':
      '{requests} {requests?requisição não encontrou|requisições não encontraram} conexão, e não se sabe por quanto tempo cada uma tentou: pode ser a parte de {residual} do tempo dos clientes que nada mais explica.',
  },
  'client-residual.burst': {
    en: 'Too few requests per client to see what the clients did between them.',
    'pt-BR': 'Há requisições de menos por cliente para ver o que os clientes fizeram entre elas.',
  },
  'client-residual.open': {
    en: 'The load is open: clients do not wait for answers.',
    'pt-BR': 'A carga é aberta: os clientes não esperam respostas.',
  },
  'client-limits.free': {
    en: 'The generator kept up; an agent used {cpuShare} of its processor at most.',
    'pt-BR': 'O gerador de carga acompanhou o ritmo; um agente usou no máximo {cpuShare} do seu processador.',
  },
  'client-limits.unknown': {
    en: 'The agents reported nothing of themselves.',
    'pt-BR': 'Os agentes nada informaram sobre si.',
  },
  'client-limits.disk': {
    en: 'The disk of an agent could not keep up with the rows: the throughput is a lower bound.',
    'pt-BR': 'O disco de um agente não acompanhou as linhas: a vazão é um limite inferior.',
  },
  'client-limits.send-lag': {
    en: 'One request in a hundred was sent {lagUs} or more after its time (limit {lagLimitUs}): the generator fell behind. Spread the load over more agents ("agents"; on a cluster, fewer "clientsPerPod"), or lower "rate".',
    'pt-BR':
      'Uma requisição em cada cem foi enviada {lagUs} ou mais depois da sua hora (limite {lagLimitUs}): o gerador se atrasou. Distribua a carga por mais agentes ("agents"; num cluster, menos "clientsPerPod"), ou diminua "rate".',
  },
  'client-limits.cpu': {
    en: 'An agent used {cpuShare} of its processor: the throughput is a lower bound. Spread the load over more agents ("agents"; on a cluster, fewer "clientsPerPod").',
    'pt-BR':
      'Um agente usou {cpuShare} do seu processador: a vazão é um limite inferior. Distribua a carga por mais agentes ("agents"; num cluster, menos "clientsPerPod").',
  },
  'client-limits.ceiling': {
    en: "The load of {ratePerSecond} requests/s was {share} of the {ceilingPerSecond} requests/s that the self-test found the client capable of here (limit {limit}): the throughput may be the client's. Use a machine with more cores, or fewer requests.",
    'pt-BR':
      'A carga de {ratePerSecond} requisições/s foi {share} das {ceilingPerSecond} requisições/s de que o cliente é capaz aqui, segundo o autoteste (limite {limit}): a vazão pode ser a do cliente. Use uma máquina com mais núcleos, ou menos requisições.',
  },
  'client-limits.event-loop': {
    en: 'In one of a hundred turns of its event loop an agent was late by {delayUs} or more: its latencies contain its own delay. Spread the load over more agents ("agents"; on a cluster, fewer "clientsPerPod"), or use a quieter machine.',
    'pt-BR':
      'Em uma de cada cem voltas do seu laço de eventos, um agente se atrasou {delayUs} ou mais: as suas latências contêm o próprio atraso. Distribua a carga por mais agentes ("agents"; num cluster, menos "clientsPerPod"), ou use uma máquina mais tranquila.',
  },
  'utilisation.possible': {
    en: 'The busiest replica, {replica}, was busy {share} of the time.',
    'pt-BR': 'A réplica mais ocupada, {replica}, esteve ocupada em {share} do tempo.',
  },
  'utilisation.impossible': {
    en: 'Replica {replica} says it was busy {share} of the time, more than there was: its clock or its ledger is wrong.',
    'pt-BR':
      'A réplica {replica} diz que esteve ocupada em {share} do tempo, mais do que havia: o seu relógio ou o seu registro está errado.',
  },
  'utilisation.unknown': {
    en: 'No service times are known.',
    'pt-BR': 'Nenhum tempo de serviço é conhecido.',
  },
  'forced-flow.holds': {
    en: 'The replicas gave {served} {served?answer|answers}, as many as the clients got.',
    'pt-BR': 'As réplicas deram {served} {served?resposta|respostas}, tantas quantas os clientes receberam.',
  },
  'forced-flow.differs': {
    en: 'The replicas gave {served} {served?answer|answers} and the clients got {answered}: some answers name no replica.',
    'pt-BR':
      'As réplicas deram {served} {served?resposta|respostas} e os clientes receberam {answered}: algumas não nomeiam réplica.',
  },
  'forced-flow.unnamed': {
    en: 'The answers name no replica.',
    'pt-BR': 'As respostas não nomeiam réplica.',
  },
  'containment.holds': {
    en: 'Requests that took the client less time than the server: {rows}.',
    'pt-BR': 'Requisições que levaram menos tempo no cliente que no servidor: {rows}.',
  },
  'containment.violated': {
    en: '{rows} {rows?request|requests} took the server up to {excessUs} longer than the client waited: ids, logs or clocks are wrong.',
    'pt-BR':
      '{rows} {rows?requisição levou|requisições levaram} no servidor até {excessUs} mais do que o cliente esperou: ids, registros ou relógios estão errados.',
  },
  'containment.unknown': {
    en: 'The server says nothing of its own time.',
    'pt-BR': 'O servidor nada diz do próprio tempo.',
  },
  'bounds.holds': {
    en: 'The throughput of {throughput} requests/s is within the asymptotic bound of {bound} requests/s.',
    'pt-BR': 'A vazão de {throughput} requisições/s respeita o limite assintótico de {bound} requisições/s.',
  },
  'bounds.exceeded': {
    en: 'The throughput of {throughput} requests/s is above the {bound} requests/s that the simulated service allows: times or counts are wrong, or the service is not what was asked for.',
    'pt-BR':
      'A vazão de {throughput} requisições/s está acima das {bound} requisições/s que o serviço simulado permite: tempos ou contagens estão errados, ou o serviço não é o pedido.',
  },
  'bounds.unknown': {
    en: 'No service time is simulated, or the cell is a burst, so there is no bound to hold it against.',
    'pt-BR':
      'Nenhum tempo de serviço é simulado, ou a célula é uma rajada, portanto não há limite com que comparar.',
  },
  'backlog.stable': {
    en: 'The number of requests in flight did not grow.',
    'pt-BR': 'O número de requisições em andamento não cresceu.',
  },
  'backlog.grows': {
    en: 'The number of requests in flight grew by {perSecond} a second: the rate is above capacity, and percentiles only say how long the trial was.',
    'pt-BR':
      'O número de requisições em andamento cresceu {perSecond} por segundo: a taxa está acima da capacidade, e os percentis só dizem quanto durou o ensaio.',
  },
  'backlog.closed': {
    en: 'The load is closed: a client waits for its answer, so no backlog can build up.',
    'pt-BR': 'A carga é fechada: um cliente espera a sua resposta, e nenhum acúmulo se forma.',
  },
  'backlog.short': {
    en: 'The trial is too short to tell whether a backlog builds up.',
    'pt-BR': 'O ensaio é curto demais para dizer se um acúmulo se forma.',
  },
  'balance.even': {
    en: 'The replicas got equal shares (Jain’s index {jain}).',
    'pt-BR': 'As réplicas receberam partes iguais (índice de Jain {jain}).',
  },
  'balance.uneven': {
    en: 'The busiest replica got {maxOverMean} times the mean (Jain’s index {jain}): connections are balanced at random, requests are not. Where replicas are busy, this limits throughput before contention does.',
    'pt-BR':
      'A réplica mais ocupada recebeu {maxOverMean} vezes a média (índice de Jain {jain}): as conexões são distribuídas ao acaso, as requisições não. Onde as réplicas estão ocupadas, isso limita a vazão antes da contenção.',
  },
  'balance.idle': {
    en: 'Replica {replica} got none of the requests of {connections} {connections?connection|connections}: the cell measured fewer servers than it says. Chance alone does that in {chanceShare} of such trials; else the clients could not reach it.',
    'pt-BR':
      'A réplica {replica} não recebeu nenhuma requisição de {connections} {connections?conexão|conexões}: a célula mediu menos servidores do que diz. O acaso sozinho faz isso em {chanceShare} desses ensaios; senão, os clientes não a alcançavam.',
  },
  'balance.unknown': {
    en: 'The answers name no replica, so the balance is unknown.',
    'pt-BR': 'As respostas não nomeiam réplica, portanto o equilíbrio é desconhecido.',
  },
  'start-skew.together': {
    en: 'All agents began within {spreadUs}.',
    'pt-BR': 'Todos os agentes começaram com até {spreadUs} de diferença.',
  },
  'start-skew.apart': {
    en: 'Agents began {spreadUs} apart (limit {limitUs}): they did not load the servers together. Measure the cell again on a quieter machine, or use fewer agents ("agents"; on a cluster, more "clientsPerPod").',
    'pt-BR':
      'Os agentes começaram com {spreadUs} de diferença (limite {limitUs}): não carregaram os servidores juntos. Meça a célula de novo numa máquina mais tranquila, ou use menos agentes ("agents"; num cluster, mais "clientsPerPod").',
  },
  'start-skew.short': {
    en: 'Agents began {spreadUs} apart, and the trial lasted only {lastedUs}: too short to say that they loaded the servers together. Raise "messages".',
    'pt-BR':
      'Os agentes começaram com {spreadUs} de diferença, e o ensaio durou só {lastedUs}: pouco demais para dizer que carregaram os servidores juntos. Aumente "messages".',
  },
  'start-skew.unknown': {
    en: 'The agents did not say when they began.',
    'pt-BR': 'Os agentes não disseram quando começaram.',
  },
  'clocks.agree': {
    en: 'The clocks agree within what can be seen (largest offset {offsetUs}, {replica}).',
    'pt-BR': 'Os relógios concordam até onde se vê (maior diferença {offsetUs}, {replica}).',
  },
  'clocks.skewed': {
    en: 'The clock of {replica} is off by about {offsetUs}. Durations are not affected; do not use one-way times.',
    'pt-BR':
      'O relógio de {replica} difere em cerca de {offsetUs}. Durações não são afetadas; não use tempos de um só sentido.',
  },
  'clocks.negative': {
    en: '{rows} {rows?row ends before it begins|rows end before they begin}: a clock stepped back. Measure the cell again.',
    'pt-BR':
      '{rows} {rows?linha termina antes de começar|linhas terminam antes de começar}: um relógio voltou. Meça a célula de novo.',
  },
  'clocks.unknown': {
    en: 'Only one side has a clock.',
    'pt-BR': 'Só um lado tem relógio.',
  },
  'warm-up.steady': {
    en: 'Latency was steady from the beginning (MSER-5).',
    'pt-BR': 'A latência foi estável desde o início (MSER-5).',
  },
  'warm-up.cut': {
    en: 'MSER-5 would cut the first {share} of the trial as warm-up.',
    'pt-BR': 'O MSER-5 cortaria os primeiros {share} do ensaio como aquecimento.',
  },
  'warm-up.never-steady': {
    en: 'MSER-5 finds no steady state within the trial. Raise "messages" (in an open loop, "duration") or "warmup" in the experiment.',
    'pt-BR':
      'O MSER-5 não encontra regime permanente no ensaio. Aumente "messages" (em laço aberto, "duration") ou "warmup" no experimento.',
  },
  'warm-up.short': {
    en: 'The trial is too short to look for warm-up.',
    'pt-BR': 'O ensaio é curto demais para procurar aquecimento.',
  },
  'platform.quiet': {
    en: 'The platform reported nothing.',
    'pt-BR': 'A plataforma nada relatou.',
  },
  'platform.incidents': {
    en: 'The platform reported {incidents} {incidents?incident|incidents; the first}: {code} ({subject}).',
    'pt-BR':
      'A plataforma relatou {incidents} {incidents?incidente|incidentes; o primeiro}: {code} ({subject}).',
  },
  'platform.restarts': {
    en: 'Servers restarted {restarts} {restarts?time|times} during the cell.',
    'pt-BR': 'Servidores reiniciaram {restarts} {restarts?vez|vezes} durante a célula.',
  },
  'platform.throttled': {
    en: 'Processes were throttled by their CPU limit for {throttledUs}: the limit was measured, not the server.',
    'pt-BR':
      'Processos foram contidos pelo limite de CPU por {throttledUs}: mediu-se o limite, não o servidor.',
  },
  'platform.clients-throttled': {
    en: 'The clients were throttled by their CPU limit for {throttledUs}: the throughput is a lower bound. Give them more processor, or no limit ("kubernetes.clients.resources").',
    'pt-BR':
      'Os clientes foram contidos pelo seu limite de CPU por {throttledUs}: a vazão é um limite inferior. Dê-lhes mais processador, ou nenhum limite ("kubernetes.clients.resources").',
  },
  'platform.throttling-unknown': {
    en: 'Nothing was reported, but {unknown} of {processes} {processes?process|processes} of servers and clients did not tell whether a CPU limit held them back.',
    'pt-BR':
      'Nada foi relatado, mas {unknown} de {processes} {processes?processo|processos} de servidores e clientes não {unknown?disse|disseram} se um limite de CPU os conteve.',
  },
  'machine.free': {
    en: '{servers} {servers?server|servers} ran on {cores} {cores?processor|processors}, {busyShare} busy.',
    'pt-BR':
      '{servers} {servers?servidor rodou|servidores rodaram} em {cores} {cores?processador|processadores}, com {busyShare} de ocupação.',
  },
  'machine.full': {
    en: 'The {cores} {cores?processor was|processors were} full ({busyShare} busy, {oursShare} by this study): the throughput is that of {servers} {servers?server|servers} on {cores} {cores?processor|processors}, and tells nothing of more servers. Use a machine with more processors, fewer "replicas", or less work a request.',
    'pt-BR':
      'Com {cores} {cores?processador cheio|processadores cheios} ({busyShare} de ocupação, {oursShare} deste estudo), a vazão é a de {servers} {servers?servidor|servidores} em {cores} {cores?processador|processadores}, e nada diz de mais servidores. Use uma máquina com mais processadores, menos "replicas", ou menos trabalho por requisição.',
  },
  'machine.full-node': {
    en: 'The {cores} {cores?processor|processors} of node {node} {cores?was|were} full ({busyShare} busy): the throughput is that of {servers} {servers?server|servers} on {cores} {cores?processor|processors} there, and tells nothing of more servers. Use more nodes, larger ones, fewer "replicas", or less work a request.',
    'pt-BR':
      'Com {cores} {cores?processador cheio|processadores cheios} no nó {node} ({busyShare} de ocupação), a vazão é a de {servers} {servers?servidor|servidores} em {cores} {cores?processador|processadores} ali, e nada diz de mais servidores. Use mais nós, nós maiores, menos "replicas", ou menos trabalho por requisição.',
  },
  'machine.full-serving': {
    en: 'The {cores} {cores?processor was|processors were} full ({busyShare} busy, {oursShare} by this study), and the busiest of {servers} {servers?server|servers} still spent {serviceShare} of the time in its simulated service, which needs none.',
    'pt-BR':
      'Com {cores} {cores?processador cheio|processadores cheios} ({busyShare} de ocupação, {oursShare} deste estudo), o mais ocupado de {servers} {servers?servidor|servidores} ainda passou {serviceShare} do tempo no seu serviço simulado, que não precisa de processador.',
  },
  'machine.perhaps-full': {
    en: 'The window of {windowUs} is too short to tell whether the {cores} {cores?processor was|processors were} full: between {minShare} and {maxShare} were busy. The throughput may be that of {servers} {servers?server|servers} on {cores} {cores?processor|processors}. Raise "messages".',
    'pt-BR':
      'A janela de {windowUs} é curta demais para dizer se {cores?o processador estava cheio|os {cores} processadores estavam cheios}: a ocupação ficou entre {minShare} e {maxShare}. A vazão talvez seja a de {servers} {servers?servidor|servidores} em {cores} {cores?processador|processadores}. Aumente "messages".',
  },
  'machine.short': {
    en: 'The window of {windowUs} is too short to tell whether the {cores} {cores?processor was|processors were} full: between {minShare} and {maxShare} were busy. Raise "messages".',
    'pt-BR':
      'A janela de {windowUs} é curta demais para dizer se {cores?o processador estava cheio|os {cores} processadores estavam cheios}: a ocupação ficou entre {minShare} e {maxShare}. Aumente "messages".',
  },
  'machine.unknown': {
    en: 'How busy the processors were is not known.',
    'pt-BR': 'Não se sabe quão ocupados estavam os processadores.',
  },
  'neighbours.quiet': {
    en: 'Other programs used {othersShare} of the processors in the {spanUs} that were watched, and other virtual machines {stolenShare}.',
    'pt-BR':
      'Outros programas usaram {othersShare} dos processadores nos {spanUs} observados, e outras máquinas virtuais {stolenShare}.',
  },
  'neighbours.busy': {
    en: 'Other programs used {othersShare} of the processors in the {spanUs} that were watched, and {beforeShare} just before the trial (limit {limit}): the system under study had only the rest. Close them, and measure again.',
    'pt-BR':
      'Outros programas usaram {othersShare} dos processadores nos {spanUs} observados, e {beforeShare} logo antes do ensaio (limite {limit}): o sistema em estudo teve só o resto. Feche-os e meça de novo.',
  },
  'neighbours.busy-node': {
    en: 'Other programs used {othersShare} of the processors of node {node} in the {spanUs} that were watched, and {beforeShare} just before the trial (limit {limit}): the system under study had only the rest. Use nodes without other work, and measure again.',
    'pt-BR':
      'Outros programas usaram {othersShare} dos processadores do nó {node} nos {spanUs} observados, e {beforeShare} logo antes do ensaio (limite {limit}): o sistema em estudo teve só o resto. Use nós sem outro trabalho e meça de novo.',
  },
  'neighbours.stolen': {
    en: 'The hypervisor gave {stolenShare} of the processors to other virtual machines in the {spanUs} that were watched (limit {limit}): the system under study had only the rest. Use a machine of your own, and measure again.',
    'pt-BR':
      'O hipervisor deu {stolenShare} dos processadores a outras máquinas virtuais nos {spanUs} observados (limite {limit}): o sistema em estudo teve só o resto. Use uma máquina só sua e meça de novo.',
  },
  'neighbours.short': {
    en: 'The processors were watched for {spanUs} around the trial, too short to tell what other programs used.',
    'pt-BR':
      'Os processadores foram observados por {spanUs} em torno do ensaio, pouco demais para dizer o que outros programas usaram.',
  },
  'neighbours.unknown': {
    en: 'What other programs used of the processors is not known.',
    'pt-BR': 'Não se sabe o que outros programas usaram dos processadores.',
  },
  'laws.machine-limited': {
    en: 'The processors were full, so that more replicas only share what fewer had: the trial is in no law over replicas.',
    'pt-BR':
      'Os processadores estavam cheios, de modo que mais réplicas apenas dividem o que menos tinham: o ensaio não está em nenhuma lei sobre réplicas.',
  },
  'laws.client-limited': {
    en: 'The cell is limited by its clients and says nothing about the servers: it is in no law over replicas.',
    'pt-BR':
      'A célula é limitada pelos clientes e nada diz sobre os servidores: não está em nenhuma lei sobre réplicas.',
  },
  'laws.few-levels': {
    en: 'Fewer than three levels have a valid cell; no law is fitted.',
    'pt-BR': 'Menos de três níveis têm uma célula válida; nenhuma lei é ajustada.',
  },
  'laws.one-number-of-clients': {
    en: 'One number of clients cannot show saturation: whether more would give more is not known. No law is fitted at saturation.',
    'pt-BR':
      'Um só número de clientes não pode mostrar saturação: não se sabe se mais dariam mais. Nenhuma lei é ajustada na saturação.',
  },
  'laws.not-saturated': {
    en: 'At fewer than three numbers of replicas throughput stopped growing with the clients; more clients would show where. No law is fitted at saturation.',
    'pt-BR':
      'Em menos de três números de réplicas a vazão deixou de crescer com os clientes; mais clientes mostrariam onde. Nenhuma lei é ajustada na saturação.',
  },
  'laws.saturation-unknown': {
    en: 'Whether more clients would give more is known at fewer than three numbers of replicas. No law is fitted at saturation.',
    'pt-BR':
      'Só em menos de três números de réplicas se sabe se mais clientes dariam mais. Nenhuma lei é ajustada na saturação.',
  },
  'laws.levels-invalid': {
    en: 'Fewer than three levels have a trial that is not INVALID; no law is fitted.',
    'pt-BR': 'Menos de três níveis têm um ensaio que não seja INVALID; nenhuma lei é ajustada.',
  },
  'laws.levels-mixed': {
    en: 'At fewer than three levels the servers were the limit; others are INVALID, limited by the clients or by the machine, or not known to be saturated. No law is fitted.',
    'pt-BR':
      'Em menos de três níveis o limite foram os servidores; outros são INVALID, limitados pelos clientes ou pela máquina, ou não se sabe se estão saturados. Nenhuma lei é ajustada.',
  },
  'laws.levels-client-limited': {
    en: 'At fewer than three levels the servers were the limit and not the clients; more clients would show the servers. No law is fitted.',
    'pt-BR':
      'Em menos de três níveis o limite foram os servidores e não os clientes; mais clientes mostrariam os servidores. Nenhuma lei é ajustada.',
  },
  'laws.levels-machine-limited': {
    en: 'At fewer than three levels the servers were the limit and not the machine, which was full; a larger one would show the servers. No law is fitted.',
    'pt-BR':
      'Em menos de três níveis o limite foram os servidores e não a máquina, que estava cheia; uma maior mostraria os servidores. Nenhuma lei é ajustada.',
  },
} as const satisfies Record<string, Sentence>;
export type FindingKey = keyof typeof findings;
