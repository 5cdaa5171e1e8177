import { type Fillings, fill, fillEach, type Language, type Sentence } from './language.ts';

/** What the exit codes of the command line mean. Scripts rely on them; a code is never reused. */
export const exitCodes = {
  0: { en: 'done', 'pt-BR': 'feito' },
  1: { en: 'a bug of ours', 'pt-BR': 'um defeito nosso' },
  2: { en: 'the command line is wrong', 'pt-BR': 'a linha de comando está errada' },
  3: {
    en: 'a file that was given (experiment, data, run) is wrong',
    'pt-BR': 'um arquivo dado (experimento, dados, execução) está errado',
  },
  4: {
    en: 'the world was not ready (cluster, port, disk)',
    'pt-BR': 'o ambiente não estava pronto (cluster, porta, disco)',
  },
  5: {
    en: 'a cell could not be completed; the others are on disk',
    'pt-BR': 'uma célula não pôde ser concluída; as outras estão em disco',
  },
  6: {
    en: 'a ledger does not close, or verify found something',
    'pt-BR': 'um registro não fecha, ou verify encontrou algo',
  },
  7: { en: 'compare, an SLO or --fail-if says no', 'pt-BR': 'compare, um SLO ou --fail-if diz não' },
  130: {
    en: 'interrupted; what was finished is on disk',
    'pt-BR': 'interrompido; o que terminou está em disco',
  },
} as const satisfies Record<number, Sentence>;
export type ExitCode = keyof typeof exitCodes;

/** A problem that a person can meet: what happened, and what to do next. */
export interface Problem {
  readonly exit: ExitCode;
  readonly says: Sentence;
  readonly next: Sentence;
}

const seeHelp = {
  en: 'Run the command with --help to see what it takes.',
  'pt-BR': 'Execute o comando com --help para ver o que ele aceita.',
};

/** Every problem with a name. A code, once published, keeps its meaning; a retired one is not used again. */
export const problems = {
  USAGE: {
    exit: 2,
    says: { en: '{detail}', 'pt-BR': '{detail}' },
    next: seeHelp,
  },
  COMMAND_UNKNOWN: {
    exit: 2,
    says: { en: 'there is no command "{given}"{nearest}', 'pt-BR': 'não há comando "{given}"{nearest}' },
    next: { en: 'escala --help lists the commands.', 'pt-BR': 'escala --help lista os comandos.' },
  },
  OPTION_UNKNOWN: {
    exit: 2,
    says: { en: 'there is no option {given}{nearest}', 'pt-BR': 'não há opção {given}{nearest}' },
    next: seeHelp,
  },
  OPTION_VALUE_MISSING: {
    exit: 2,
    says: { en: '{option} needs a value', 'pt-BR': '{option} precisa de um valor' },
    next: seeHelp,
  },
  OPTION_MISSING: {
    exit: 2,
    says: { en: '{option} must be given', 'pt-BR': '{option} é obrigatória' },
    next: seeHelp,
  },
  OPTIONS_CONFLICT: {
    exit: 2,
    says: {
      en: '{one} and {other} exclude each other',
      'pt-BR': '{one} e {other} se excluem',
    },
    next: { en: 'Leave one of them out.', 'pt-BR': 'Retire uma das duas.' },
  },
  RATE_MISSING: {
    exit: 2,
    says: {
      en: '{option} is of an open loop, which sends at a rate; no --rate was given',
      'pt-BR': '{option} é de um laço aberto, que envia a uma taxa; nenhum --rate foi dado',
    },
    next: {
      en: 'Give --rate, or leave {option} out: a closed loop lasts for its --messages.',
      'pt-BR': 'Dê --rate ou retire {option}: um laço fechado dura pelas suas --messages.',
    },
  },
  ARGUMENT_MISSING: {
    exit: 2,
    says: { en: '{argument} is missing', 'pt-BR': 'falta {argument}' },
    next: seeHelp,
  },
  ARGUMENTS_TOO_MANY: {
    exit: 2,
    says: {
      en: '{given} is one word too many: the command takes {expected}',
      'pt-BR': '{given} está sobrando: o comando aceita {expected}',
    },
    next: seeHelp,
  },
  OPTION_INVALID: {
    exit: 2,
    says: {
      en: '{option} is "{value}"; it takes {allowed}',
      'pt-BR': '{option} é "{value}"; aceita {allowed}',
    },
    next: { en: 'Correct the option and run it again.', 'pt-BR': 'Corrija a opção e execute de novo.' },
  },
  OPTION_NEEDS: {
    exit: 2,
    says: { en: '{one} is only for {other}', 'pt-BR': '{one} só serve com {other}' },
    next: { en: 'Leave it out, or give {other} too.', 'pt-BR': 'Retire-a, ou dê também {other}.' },
  },
  EXPERIMENT_INVALID: {
    exit: 3,
    says: {
      en: 'the experiment file has problems:\n{detail}',
      'pt-BR': 'o experimento tem problemas:\n{detail}',
    },
    next: {
      en: 'Correct what is named above. "escala schema" prints everything that is allowed.',
      'pt-BR': 'Corrija o que está indicado acima. "escala schema" mostra tudo o que é permitido.',
    },
  },
  FILE_UNREADABLE: {
    exit: 3,
    says: { en: '{file} cannot be read: {detail}', 'pt-BR': '{file} não pode ser lido: {detail}' },
    next: { en: 'Check the path and the rights.', 'pt-BR': 'Verifique o caminho e as permissões.' },
  },
  FILE_IS_FOLDER: {
    exit: 3,
    says: {
      en: '{file} is a folder, and must be a file',
      'pt-BR': '{file} é uma pasta, e precisa ser um arquivo',
    },
    next: {
      en: 'Name a file. A run folder is for --resume, analyze, report and the others that escala --help lists.',
      'pt-BR':
        'Indique um arquivo. A pasta de uma execução serve para --resume, analyze, report e os outros que escala --help lista.',
    },
  },
  DATA_INVALID: {
    exit: 3,
    says: { en: '{where}: {detail}', 'pt-BR': '{where}: {detail}' },
    next: { en: 'Correct the file and run it again.', 'pt-BR': 'Corrija o arquivo e execute de novo.' },
  },
  HEADER_MISSING: {
    exit: 3,
    says: {
      en: '{where}: "{text}" looks like data; the first line must name the columns',
      'pt-BR': '{where}: "{text}" parece um dado; a primeira linha deve nomear as colunas',
    },
    next: { en: 'Add a header, such as "n,x".', 'pt-BR': 'Acrescente um cabeçalho, como "n,x".' },
  },
  COLUMN_MISSING: {
    exit: 3,
    says: {
      en: '{where}: there is no column {column}; the header has {found}',
      'pt-BR': '{where}: não há coluna {column}; o cabeçalho tem {found}',
    },
    next: {
      en: 'Name the columns with --n and --x, as they stand in the header.',
      'pt-BR': 'Indique as colunas com --n e --x, como estão no cabeçalho.',
    },
  },
  NOT_A_TABLE: {
    exit: 3,
    says: { en: '{where}: {detail}', 'pt-BR': '{where}: {detail}' },
    next: {
      en: 'Give a CSV file: lines of text whose columns are separated by commas, semicolons, tabs or bars.',
      'pt-BR':
        'Dê um arquivo CSV: linhas de texto com colunas separadas por vírgulas, pontos e vírgulas, tabulações ou barras.',
    },
  },
  ROW_LONG: {
    exit: 3,
    says: {
      en: '{where}: the row has {found} {found?cell|cells} and the header {expected}',
      'pt-BR': '{where}: a linha tem {found} {found?célula|células} e o cabeçalho {expected}',
    },
    next: {
      en: 'Quote the cells that hold the delimiter. A decimal comma needs another delimiter, such as ";".',
      'pt-BR':
        'Ponha entre aspas as células que contêm o delimitador. Vírgula decimal requer outro delimitador, como ";".',
    },
  },
  ROW_SHORT: {
    exit: 3,
    says: {
      en: '{where}: the row has {found} {found?cell|cells} and lacks column {column}',
      'pt-BR': '{where}: a linha tem {found} {found?célula|células} e falta a coluna {column}',
    },
    next: { en: 'Complete or remove the row.', 'pt-BR': 'Complete ou remova a linha.' },
  },
  NUMBER_INVALID: {
    exit: 3,
    says: {
      en: '{where}: {column}: "{text}" is not a number',
      'pt-BR': '{where}: {column}: "{text}" não é um número',
    },
    next: {
      en: 'Correct or remove the row; leave the cell empty where nothing was measured.',
      'pt-BR': 'Corrija ou remova a linha; deixe a célula vazia onde nada foi medido.',
    },
  },
  NUMBER_AMBIGUOUS: {
    exit: 3,
    says: {
      en: '{where}: {column}: the mark in "{text}" can be a decimal one or one of thousands, and the table does not tell which',
      'pt-BR':
        '{where}: {column}: o sinal em "{text}" pode ser decimal ou de milhar, e a tabela não diz qual',
    },
    next: {
      en: 'Write numbers without thousands separators, and all with one decimal mark.',
      'pt-BR': 'Escreva os números sem separador de milhar, e todos com um só sinal decimal.',
    },
  },
  TIME_INVALID: {
    exit: 3,
    says: {
      en: '{where}: {column}: "{text}" is not a time, or not one as those above it',
      'pt-BR': '{where}: {column}: "{text}" não é um instante, ou não é como os de cima',
    },
    next: {
      en: 'Write all times as seconds since 1970 (or ms, µs, ns), or as 2026-01-31T12:00:00.5Z.',
      'pt-BR':
        'Escreva todos os tempos em segundos desde 1970 (ou ms, µs, ns), ou como 2026-01-31T12:00:00.5Z.',
    },
  },
  NUMBER_OUT_OF_RANGE: {
    exit: 3,
    says: {
      en: '{where}: {column}: {text} is no measurement; it may be {least} to {most}',
      'pt-BR': '{where}: {column}: {text} não é uma medição; pode ir de {least} a {most}',
    },
    next: { en: 'Correct the row, or use another unit.', 'pt-BR': 'Corrija a linha, ou use outra unidade.' },
  },
  LEVEL_NOT_POSITIVE: {
    exit: 3,
    says: {
      en: '{where}: {column}: N is {text}, and must be above 0',
      'pt-BR': '{where}: {column}: N é {text}, e deve ser maior que 0',
    },
    next: { en: 'Correct or remove the row.', 'pt-BR': 'Corrija ou remova a linha.' },
  },
  THROUGHPUT_NOT_POSITIVE: {
    exit: 3,
    says: {
      en: '{where}: {column}: X is {text}, and the log scale needs it above 0',
      'pt-BR': '{where}: {column}: X é {text}, e a escala log exige que seja maior que 0',
    },
    next: {
      en: 'Correct or remove the row, or fit with --scale linear.',
      'pt-BR': 'Corrija ou remova a linha, ou ajuste com --scale linear.',
    },
  },
  THROUGHPUT_NEGATIVE: {
    exit: 3,
    says: {
      en: '{where}: {column}: X is {text}, and a throughput is never below 0',
      'pt-BR': '{where}: {column}: X é {text}, e uma vazão nunca é menor que 0',
    },
    next: { en: 'Correct or remove the row.', 'pt-BR': 'Corrija ou remova a linha.' },
  },
  ROWS_MISSING: {
    exit: 3,
    says: {
      en: '{file} has no row that can be fitted: nothing below the header, or only zeros',
      'pt-BR': '{file} não tem linha que se possa ajustar: nada abaixo do cabeçalho, ou só zeros',
    },
    next: {
      en: 'Give a row per measurement, with N and X above 0.',
      'pt-BR': 'Dê uma linha por medição, com N e X maiores que 0.',
    },
  },
  NOT_A_RUN: {
    exit: 3,
    says: {
      en: '{folder} holds no run (no manifest.json){nearest}',
      'pt-BR': '{folder} não contém uma execução (sem manifest.json){nearest}',
    },
    next: {
      en: 'Name the folder of a run, for example one in runs/.',
      'pt-BR': 'Indique a pasta de uma execução, por exemplo uma em runs/.',
    },
  },
  RUN_NOT_ANALYZED: {
    exit: 3,
    says: {
      en: '{folder} holds a run without results.json',
      'pt-BR': '{folder} contém uma execução sem results.json',
    },
    next: {
      en: 'Judge its rows first: escala analyze {folder}',
      'pt-BR': 'Julgue antes as suas linhas: escala analyze {folder}',
    },
  },
  VERSION_UNKNOWN: {
    exit: 3,
    says: {
      en: '{file} has version {found}; this Escala reads version {expected}',
      'pt-BR': '{file} tem a versão {found}; este Escala lê a versão {expected}',
    },
    next: {
      en: 'Use the Escala that wrote it, or run analyze again on the raw rows.',
      'pt-BR': 'Use o Escala que o escreveu, ou execute analyze de novo sobre os dados brutos.',
    },
  },
  FILE_EXISTS: {
    exit: 4,
    says: { en: '{file} is there already', 'pt-BR': '{file} já existe' },
    next: { en: 'Name another file, or remove this one.', 'pt-BR': 'Indique outro arquivo, ou remova este.' },
  },
  RESULTS_CHANGED: {
    exit: 3,
    says: {
      en: '{file} is not the file that the checksums of the run name',
      'pt-BR': '{file} não é o arquivo que as somas de verificação da execução indicam',
    },
    next: {
      en: 'Someone changed it. Run analyze again on the raw rows, and verify.',
      'pt-BR': 'Alguém o alterou. Execute analyze de novo sobre os dados brutos, e verify.',
    },
  },
  RUN_EXISTS: {
    exit: 4,
    says: { en: '{folder} already holds a run', 'pt-BR': '{folder} já contém uma execução' },
    next: {
      en: 'Continue it with --resume {folder}, or choose another --out.',
      'pt-BR': 'Continue com --resume {folder}, ou escolha outro --out.',
    },
  },
  RUN_LIVE: {
    exit: 4,
    says: {
      en: '{folder} is being run by another process',
      'pt-BR': '{folder} está em execução por outro processo',
    },
    next: {
      en: 'Wait for it, or end it, then use --resume.',
      'pt-BR': 'Aguarde ou encerre-o e depois use --resume.',
    },
  },
  DISK_TOO_SMALL: {
    exit: 4,
    says: {
      en: 'the study needs about {needed} on disk, and {folder} has {free} free',
      'pt-BR': 'o estudo precisa de cerca de {needed} em disco, e {folder} tem {free} livres',
    },
    next: {
      en: 'Free some room, or name another place with --out.',
      'pt-BR': 'Libere espaço, ou indique outro lugar com --out.',
    },
  },
  DISK_FULL: {
    exit: 4,
    says: { en: 'the disk is full: {file}', 'pt-BR': 'o disco está cheio: {file}' },
    next: {
      en: 'Free some room, then give the command again.',
      'pt-BR': 'Libere espaço e dê o comando de novo.',
    },
  },
  FOLDER_UNWRITABLE: {
    exit: 4,
    says: {
      en: '{folder} cannot be written: {detail}',
      'pt-BR': 'não é possível escrever em {folder}: {detail}',
    },
    next: {
      en: 'Name another place, or change its rights.',
      'pt-BR': 'Indique outro lugar ou mude as permissões.',
    },
  },
  MEMORY_FULL: {
    exit: 4,
    says: {
      en: 'the analysis needs more memory than it may use',
      'pt-BR': 'a análise precisa de mais memória do que pode usar',
    },
    next: {
      en: 'Close other programs and give the command again, or use a machine with more memory.',
      'pt-BR': 'Feche outros programas e dê o comando de novo, ou use uma máquina com mais memória.',
    },
  },
  SYSTEM_REFUSED: {
    exit: 4,
    says: { en: '{what}: {detail}', 'pt-BR': '{what}: {detail}' },
    next: {
      en: 'Mend what is named, then give the command again.',
      'pt-BR': 'Corrija o que está indicado e dê o comando de novo.',
    },
  },
  BUG: {
    exit: 1,
    says: {
      en: 'this is a mistake in Escala and none of yours:\n{detail}',
      'pt-BR': 'isto é um defeito do Escala, e não um erro seu:\n{detail}',
    },
    next: {
      en: 'Please report it with these lines and what escala --version prints.',
      'pt-BR': 'Relate-o, por favor, com estas linhas e o que escala --version mostra.',
    },
  },
  PORT_TAKEN: {
    exit: 4,
    says: { en: 'port {port} on {host} is taken', 'pt-BR': 'a porta {port} em {host} está ocupada' },
    next: {
      en: 'Choose another with --port; 0 picks a free one.',
      'pt-BR': 'Escolha outra com --port; 0 escolhe uma livre.',
    },
  },
  PORT_FORBIDDEN: {
    exit: 4,
    says: {
      en: 'this user may not listen on port {port} of {host}',
      'pt-BR': 'este usuário não pode escutar na porta {port} de {host}',
    },
    next: {
      en: 'Choose one from 1024 on with --port; 0 picks a free one.',
      'pt-BR': 'Escolha uma a partir de 1024 com --port; 0 escolhe uma livre.',
    },
  },
  LEDGER_LOCKED: {
    exit: 4,
    says: { en: 'another server writes to {file}', 'pt-BR': 'outro servidor escreve em {file}' },
    next: {
      en: 'Give this one its own --data or --replica.',
      'pt-BR': 'Dê a este um --data ou --replica próprio.',
    },
  },
  LEDGER_FOREIGN: {
    exit: 4,
    says: {
      en: '{file} is not a ledger of this server: {detail}. Nothing in it was changed',
      'pt-BR': '{file} não é um registro deste servidor: {detail}. Nada nele foi alterado',
    },
    next: {
      en: 'Give the server another --data or --replica, or move the file away.',
      'pt-BR': 'Dê ao servidor outro --data ou --replica, ou mova o arquivo.',
    },
  },
  SYSTEM_MISSING: {
    exit: 4,
    says: {
      en: 'system "{system}" cannot run here: {detail}',
      'pt-BR': 'o sistema "{system}" não pode executar aqui: {detail}',
    },
    next: {
      en: 'Install what is missing, or leave the system out of "systems".',
      'pt-BR': 'Instale o que falta, ou retire o sistema de "systems".',
    },
  },
  SYSTEM_WITHOUT_LEDGER: {
    exit: 3,
    says: {
      en: 'system "{system}" answers, but not as the message API does: GET /metrics names no escala_requests_in_flight',
      'pt-BR':
        'o sistema "{system}" responde, mas não como a API de mensagens: GET /metrics não indica escala_requests_in_flight',
    },
    next: {
      en: 'For a service as it is, give it "ledger: none" and a "path" (docs/guides/own-server.md); for one with a ledger, see docs/guides/add-a-server.md.',
      'pt-BR':
        'Para um serviço como ele é, dê-lhe "ledger: none" e um "path" (docs/guides/own-server.md); para um com registro, veja docs/guides/add-a-server.md.',
    },
  },
  FAULT_UNSUPPORTED: {
    exit: 3,
    says: {
      en: 'processes on this machine cannot have the fault "{kind}", only "kill-replica"',
      'pt-BR': 'processos desta máquina não podem ter a falha "{kind}", só "kill-replica"',
    },
    next: {
      en: 'Take it out of "faults", or run with --target kind or kubernetes.',
      'pt-BR': 'Retire-a de "faults", ou execute com --target kind ou kubernetes.',
    },
  },
  FACTOR_UNSUPPORTED: {
    exit: 3,
    says: {
      en: 'processes on this machine have only one level of kubernetes.{factor}',
      'pt-BR': 'processos desta máquina têm só um nível de kubernetes.{factor}',
    },
    next: {
      en: 'Give it one level, or run with --target kind or kubernetes.',
      'pt-BR': 'Dê-lhe um só nível, ou execute com --target kind ou kubernetes.',
    },
  },
  SERVER_NOT_READY: {
    exit: 4,
    says: {
      en: 'replica {replica} did not become ready: {detail}',
      'pt-BR': 'a réplica {replica} não ficou pronta: {detail}',
    },
    next: {
      en: 'Read its log: {log}. A command must stay in the foreground and listen on the port in PORT.',
      'pt-BR': 'Leia o seu log: {log}. Um comando deve ficar em primeiro plano e escutar na porta em PORT.',
    },
  },
  AGENT_NOT_READY: {
    exit: 4,
    says: {
      en: 'load agent {agent} did not become ready: {detail}',
      'pt-BR': 'o agente de carga {agent} não ficou pronto: {detail}',
    },
    next: { en: 'Read its log: {log}', 'pt-BR': 'Leia o seu log: {log}' },
  },
  AGENT_LOST: {
    exit: 4,
    says: {
      en: 'load agent {agent} does not answer: {detail}',
      'pt-BR': 'o agente de carga {agent} não responde: {detail}',
    },
    next: {
      en: 'Read its log: {log}',
      'pt-BR': 'Leia o seu log: {log}',
    },
  },
  REPLICA_LOST: {
    exit: 4,
    says: {
      en: 'replica {replica} does not answer: {detail}',
      'pt-BR': 'a réplica {replica} não responde: {detail}',
    },
    next: { en: 'Read its log: {log}', 'pt-BR': 'Leia o seu log: {log}' },
  },
  FORWARD_FAILED: {
    exit: 4,
    says: { en: 'the port-forward failed: {detail}', 'pt-BR': 'o port-forward falhou: {detail}' },
    next: {
      en: 'Try it by hand: kubectl port-forward -n {namespace} {pod} {port}',
      'pt-BR': 'Experimente à mão: kubectl port-forward -n {namespace} {pod} {port}',
    },
  },
  TRIAL_FAILED: {
    exit: 5,
    says: { en: 'cell {cell}, round {round}: {detail}', 'pt-BR': 'célula {cell}, rodada {round}: {detail}' },
    next: { en: 'Try it again with --resume.', 'pt-BR': 'Tente de novo com --resume.' },
  },
  TARGET_NOT_READY: {
    exit: 4,
    says: {
      en: 'the target {target} cannot run here: {failed} {failed?check|checks} failed',
      'pt-BR':
        'o alvo {target} não pode executar aqui: {failed} {failed?verificação falhou|verificações falharam}',
    },
    next: { en: 'Mend what is marked ✗ above.', 'pt-BR': 'Corrija o que está marcado com ✗ acima.' },
  },
  CLUSTER_UNKNOWN: {
    exit: 4,
    says: {
      en: 'kubectl\'s configuration has no usable context "{context}" (known: {known})',
      'pt-BR': 'a configuração do kubectl não tem um contexto utilizável "{context}" (conhecidos: {known})',
    },
    next: {
      en: 'Name one with --context, set KUBECONFIG, or make a local cluster with: ./deploy.sh kind',
      'pt-BR': 'Indique um com --context, defina KUBECONFIG, ou crie um cluster local com: ./deploy.sh kind',
    },
  },
  CLUSTER_UNREACHABLE: {
    exit: 4,
    says: {
      en: 'the API server of context "{context}" does not answer: {detail}',
      'pt-BR': 'o servidor de API do contexto "{context}" não responde: {detail}',
    },
    next: {
      en: 'Check it with: kubectl --context {context} get nodes',
      'pt-BR': 'Verifique com: kubectl --context {context} get nodes',
    },
  },
  KUBECONFIG_MISSING: {
    exit: 4,
    says: {
      en: 'kubectl has no cluster here: {files} is missing or names none',
      'pt-BR': 'o kubectl não tem nenhum cluster aqui: {files} não existe ou não indica nenhum',
    },
    next: {
      en: 'Set KUBECONFIG to the file that you got with your cluster, or make a local cluster with: ./deploy.sh kind',
      'pt-BR':
        'Defina KUBECONFIG com o arquivo que veio com o seu cluster, ou crie um cluster local com: ./deploy.sh kind',
    },
  },
  KUBECONFIG_INVALID: {
    exit: 4,
    says: {
      en: "kubectl's configuration {file} cannot be used: {detail}",
      'pt-BR': 'a configuração do kubectl {file} não pode ser usada: {detail}',
    },
    next: {
      en: 'Correct it, or name another with KUBECONFIG; kubectl config view shows what kubectl reads.',
      'pt-BR': 'Corrija-a, ou indique outra com KUBECONFIG; kubectl config view mostra o que o kubectl lê.',
    },
  },
  CONTEXT_UNSET: {
    exit: 4,
    says: {
      en: "kubectl's configuration has no current context (known: {known})",
      'pt-BR': 'a configuração do kubectl não tem contexto atual (conhecidos: {known})',
    },
    next: {
      en: 'Name one with --context, or choose one with: kubectl config use-context NAME',
      'pt-BR': 'Indique um com --context, ou escolha um com: kubectl config use-context NOME',
    },
  },
  CREDENTIAL_PROGRAM_MISSING: {
    exit: 4,
    says: {
      en: 'the user "{user}" logs in with the program "{program}" ({file}), which cannot be run on this machine',
      'pt-BR':
        'o usuário "{user}" entra com o programa "{program}" ({file}), que não pode ser executado nesta máquina',
    },
    next: {
      en: 'Install it, or add its folder to PATH. What the configuration says of it: {hint}',
      'pt-BR': 'Instale-o, ou acrescente a pasta dele ao PATH. O que a configuração diz dele: {hint}',
    },
  },
  CREDENTIALS_FAILED: {
    exit: 4,
    says: {
      en: 'the credentials of the user "{user}" cannot be had from {program}: {detail}',
      'pt-BR': 'as credenciais do usuário "{user}" não podem ser obtidas de {program}: {detail}',
    },
    next: {
      en: 'Log in again as you do for kubectl, and try: kubectl auth whoami',
      'pt-BR': 'Entre de novo como faz para o kubectl e tente: kubectl auth whoami',
    },
  },
  CLUSTER_UNAUTHORIZED: {
    exit: 4,
    says: {
      en: 'the API server of context "{context}" does not know the user "{user}" (401 to {what}): {detail}',
      'pt-BR':
        'o servidor de API do contexto "{context}" não reconhece o usuário "{user}" (401 para {what}): {detail}',
    },
    next: {
      en: 'Its token or certificate is wrong or has run out: log in again, and try: kubectl --context {context} auth whoami',
      'pt-BR':
        'O token ou certificado está errado ou expirou: entre de novo e tente: kubectl --context {context} auth whoami',
    },
  },
  CLUSTER_FAILS: {
    exit: 4,
    says: {
      en: 'the API server of context "{context}" fails ({status} to {what}): {detail}',
      'pt-BR': 'o servidor de API do contexto "{context}" falha ({status} para {what}): {detail}',
    },
    next: {
      en: 'It may be starting or overloaded. Try again when this answers ok: kubectl --context {context} get --raw /readyz',
      'pt-BR':
        'Ele pode estar iniciando ou sobrecarregado. Tente de novo quando isto responder ok: kubectl --context {context} get --raw /readyz',
    },
  },
  CLUSTER_STRANGE: {
    exit: 4,
    says: {
      en: 'what answers at {server} is not like an API server: to {what} it gave {detail}',
      'pt-BR': 'o que responde em {server} não parece um servidor de API: para {what} deu {detail}',
    },
    next: {
      en: 'A proxy or a login page may stand in between: check the server of the context "{context}" with: kubectl --context {context} get --raw /version',
      'pt-BR':
        'Um proxy ou uma página de login pode estar no meio: confira o servidor do contexto "{context}" com: kubectl --context {context} get --raw /version',
    },
  },
  NAMESPACE_ENDS: {
    exit: 4,
    says: {
      en: 'the namespace is being deleted or is gone ({what}: {detail})',
      'pt-BR': 'o namespace está sendo removido ou não existe mais ({what}: {detail})',
    },
    next: {
      en: 'Someone or something else removes it: find out what, make it again where it was given with --namespace, and run the study again.',
      'pt-BR':
        'Alguém ou algo mais o remove: descubra o quê, crie-o de novo se foi indicado com --namespace, e execute o estudo de novo.',
    },
  },
  RIGHTS_WITHDRAWN: {
    exit: 4,
    says: {
      en: 'the study has lost the rights that it had in the namespace {namespace}: the namespace is being deleted, or the RoleBinding in it was ({detail})',
      'pt-BR':
        'o estudo perdeu os direitos que tinha no namespace {namespace}: o namespace está sendo removido, ou o RoleBinding dele foi removido ({detail})',
    },
    next: {
      en: 'What was finished is on disk. See kubectl get namespace and rolebindings, make them again, and continue with --resume.',
      'pt-BR':
        'O que terminou está em disco. Veja kubectl get namespace e rolebindings, crie-os de novo e continue com --resume.',
    },
  },
  CLUSTER_SLOW: {
    exit: 4,
    says: { en: '{what} is still being removed', 'pt-BR': '{what} ainda está sendo removido' },
    next: {
      en: 'Wait for the cluster, then run: escala clean',
      'pt-BR': 'Aguarde o cluster e depois execute: escala clean',
    },
  },
  CLUSTER_REFUSED: {
    exit: 4,
    says: { en: 'the cluster refused to {what}: {detail}', 'pt-BR': 'o cluster recusou ({what}): {detail}' },
    next: {
      en: 'Change what it names (quota, policy, storage), and run it again.',
      'pt-BR': 'Mude o que está indicado (cota, política, armazenamento) e execute de novo.',
    },
  },
  RIGHT_MISSING: {
    exit: 4,
    says: { en: 'a right is missing to {what}: {detail}', 'pt-BR': 'falta um direito ({what}): {detail}' },
    next: {
      en: 'Apply rights/role.yaml in the namespace and bind it to this user; escala doctor --target kubernetes checks it.',
      'pt-BR':
        'Aplique rights/role.yaml no namespace e associe-o a este usuário; escala doctor --target kubernetes confere.',
    },
  },
  OWN_NAMESPACE_FORBIDDEN: {
    exit: 4,
    says: {
      en: 'a study in a namespace of its own needs the rights of rights/role.yaml in every namespace; missing: {detail}',
      'pt-BR':
        'um estudo num namespace próprio precisa dos direitos de rights/role.yaml em todos os namespaces; faltam: {detail}',
    },
    next: {
      en: 'Give a namespace where rights/role.yaml is bound with --namespace; or bind its rules for all, as rights/cluster-role.yaml says.',
      'pt-BR':
        'Indique com --namespace um namespace onde rights/role.yaml esteja associado; ou associe as regras dele para todos, como diz rights/cluster-role.yaml.',
    },
  },
  IMAGE_MISSING: {
    exit: 4,
    says: {
      en: 'the cluster cannot get the image {image}: {detail}',
      'pt-BR': 'o cluster não consegue obter a imagem {image}: {detail}',
    },
    next: {
      en: 'Load or push it, or set kubernetes.images in the experiment (kind, minikube, k3d, push, command).',
      'pt-BR':
        'Carregue-a ou envie-a, ou defina kubernetes.images no experimento (kind, minikube, k3d, push, command).',
    },
  },
  TOOL_MISSING: {
    exit: 4,
    says: {
      en: 'there is no program "{program}" on this machine',
      'pt-BR': 'não há programa "{program}" nesta máquina',
    },
    next: {
      en: 'Install it; escala doctor says what else is missing.',
      'pt-BR': 'Instale-o; escala doctor diz o que mais falta.',
    },
  },
  IMAGE_NOT_BUILT: {
    exit: 4,
    says: { en: '"{command}" failed: {detail}', 'pt-BR': '"{command}" falhou: {detail}' },
    next: {
      en: 'Run it by hand to see more; escala doctor says which tools are missing.',
      'pt-BR': 'Execute-o à mão para ver mais; escala doctor diz que ferramentas faltam.',
    },
  },
  NAMESPACE_BUSY: {
    exit: 4,
    says: {
      en: 'the study {run} is running in the namespace {namespace}',
      'pt-BR': 'o estudo {run} está em execução no namespace {namespace}',
    },
    next: {
      en: 'Wait until it is over, or use another namespace.',
      'pt-BR': 'Aguarde até que termine, ou use outro namespace.',
    },
  },
  NAMESPACE_LITTERED: {
    exit: 4,
    says: {
      en: 'objects in the namespace {namespace} have names that this study needs: {objects}',
      'pt-BR': 'há objetos no namespace {namespace} com nomes de que este estudo precisa: {objects}',
    },
    next: {
      en: 'What a crashed study left (its name is in brackets) goes with: escala clean --namespace {namespace}. Delete the others yourself, or use another namespace.',
      'pt-BR':
        'O que um estudo interrompido deixou (com o nome dele entre parênteses) sai com: escala clean --namespace {namespace}. Exclua os outros você mesmo, ou use outro namespace.',
    },
  },
  STUDY_REMOVED: {
    exit: 4,
    says: {
      en: 'someone took the study {run} off the cluster while it ran: {object} is no longer its own in the namespace {namespace}',
      'pt-BR':
        'alguém tirou o estudo {run} do cluster durante a execução: {object} já não é dele no namespace {namespace}',
    },
    next: {
      en: 'What was finished is on disk. Find out who ran escala clean, kubectl delete or --resume, then continue with --resume.',
      'pt-BR':
        'O que terminou está em disco. Descubra quem executou escala clean, kubectl delete ou --resume, e depois continue com --resume.',
    },
  },
  PODS_NOT_READY: {
    exit: 4,
    says: {
      en: '{ready} of {count} {count?pod|pods} of {owner} {ready?was|were} ready after {seconds} s',
      'pt-BR':
        '{ready} de {count} {count?pod|pods} de {owner} {ready?estava pronto|estavam prontos} após {seconds} s',
    },
    next: {
      en: 'See what they wait for while it runs: kubectl describe pods -n {namespace}',
      'pt-BR': 'Veja o que esperam durante a execução: kubectl describe pods -n {namespace}',
    },
  },
  SERVICE_INCOMPLETE: {
    exit: 4,
    says: {
      en: 'the Service {service} sends to {known} of {count} ready {count?replica|replicas}, or to others',
      'pt-BR':
        'o Service {service} envia a {known} de {count} {count?réplica pronta|réplicas prontas}, ou a outras',
    },
    next: {
      en: 'See what it sends to: kubectl get endpointslices -n {namespace}',
      'pt-BR': 'Veja a quem ele envia: kubectl get endpointslices -n {namespace}',
    },
  },
  PODS_REFUSED: {
    exit: 4,
    says: {
      en: 'the cluster does not let {owner} make its pods: {detail}',
      'pt-BR': 'o cluster não deixa {owner} criar os seus pods: {detail}',
    },
    next: {
      en: 'Change what it names (quota, policy), or use another namespace. Nothing was left in the cluster.',
      'pt-BR': 'Mude o que está indicado (cota, política) ou use outro namespace. Nada ficou no cluster.',
    },
  },
  POD_UNPLACED: {
    exit: 4,
    says: { en: '{pod} finds no node: {detail}', 'pt-BR': '{pod} não encontra um nó: {detail}' },
    next: {
      en: 'Free what it names, or ask for less (kubernetes.resources). To taints belong kubernetes.servers.tolerations and kubernetes.clients.tolerations, to labels of nodes nodeSelector there. Pods that share a ReadWriteOnce claim must fit on one node: accessMode: ReadWriteMany or storage: per-replica spreads them.',
      'pt-BR':
        'Libere o que está indicado, ou peça menos (kubernetes.resources). Para taints há kubernetes.servers.tolerations e kubernetes.clients.tolerations; para rótulos de nós, nodeSelector nos mesmos lugares. Pods que partilham um volume ReadWriteOnce precisam caber em um nó: accessMode: ReadWriteMany ou storage: per-replica os distribui.',
    },
  },
  CLAIM_PENDING: {
    exit: 4,
    says: {
      en: 'the claim {claim} gets no volume (storage class: {class}): {detail}',
      'pt-BR': 'o pedido de volume {claim} não é atendido (classe de armazenamento: {class}): {detail}',
    },
    next: {
      en: 'Name a storage class of the cluster in kubernetes.storageClass, or use storage: ephemeral.',
      'pt-BR':
        'Indique uma classe de armazenamento do cluster em kubernetes.storageClass, ou use storage: ephemeral.',
    },
  },
  POD_MISCONFIGURED: {
    exit: 4,
    says: {
      en: 'the container of {pod} cannot be made: {detail}',
      'pt-BR': 'o contêiner de {pod} não pode ser criado: {detail}',
    },
    next: {
      en: 'Correct what it says. An image that runs as root needs a USER with a number in its Dockerfile: every pod of a study passes PodSecurity restricted.',
      'pt-BR':
        'Corrija o que diz. Uma imagem que executa como root precisa de um USER com número no Dockerfile: todo pod de um estudo passa na PodSecurity restricted.',
    },
  },
  POD_CRASHES: {
    exit: 4,
    says: {
      en: '{pod} crashes ({restarts} {restarts?restart|restarts}; {reason}). Its last lines:\n{log}',
      'pt-BR':
        '{pod} cai repetidamente ({restarts} {restarts?reinício|reinícios}; {reason}). As suas últimas linhas:\n{log}',
    },
    next: {
      en: 'Correct what they say. Nothing was left in the cluster.',
      'pt-BR': 'Corrija o que elas dizem. Nada ficou no cluster.',
    },
  },
  POD_SILENT: {
    exit: 4,
    says: { en: 'nothing answers in {pod}: {detail}', 'pt-BR': 'nada responde em {pod}: {detail}' },
    next: {
      en: 'A study asks port 8080. Where the image listens elsewhere, say so with "port" in its system; where it is slow to begin, make it begin within a minute.',
      'pt-BR':
        'Um estudo usa a porta 8080. Se a imagem escuta em outra, diga-o com "port" no sistema; se demora a iniciar, faça-a iniciar em menos de um minuto.',
    },
  },
  POD_EVICTED: {
    exit: 4,
    says: {
      en: '{pod} was evicted from its node: {detail}',
      'pt-BR': '{pod} foi despejado do seu nó: {detail}',
    },
    next: {
      en: 'The node is short of what it names: free it, or use another node or fewer pods.',
      'pt-BR': 'Falta ao nó o que está indicado: libere-o, ou use outro nó ou menos pods.',
    },
  },
  CELLS_INCOMPLETE: {
    exit: 5,
    says: {
      en: '{count} {count?cell|cells} could not be completed: {detail}',
      'pt-BR': '{count} {count?célula não pôde ser concluída|células não puderam ser concluídas}: {detail}',
    },
    next: {
      en: 'The others are on disk. Try these again with --resume {folder}.',
      'pt-BR': 'As outras estão em disco. Tente estas de novo com --resume {folder}.',
    },
  },
  CELLS_DOUBTFUL: {
    exit: 5,
    says: {
      en: '{count} {count?cell is|cells are} not VALID, and --strict was asked for',
      'pt-BR': '{count} {count?célula não é|células não são} VALID, e --strict foi pedido',
    },
    next: { en: 'Read their reasons in the report.', 'pt-BR': 'Leia os motivos no relatório.' },
  },
  VERIFY_FAILED: {
    exit: 6,
    says: {
      en: 'verify found {count} {count?problem|problems} in {folder}',
      'pt-BR': 'verify encontrou {count} {count?problema|problemas} em {folder}',
    },
    next: {
      en: 'Each is named above. If the raw rows are right, run analyze and report again.',
      'pt-BR':
        'Cada um está nomeado acima. Se os dados brutos estão certos, execute analyze e report de novo.',
    },
  },
  COMPARE_FAILING: {
    exit: 7,
    says: {
      en: 'in {count} {count?cell|cells} too many requests of the second failed, and not of the first: {detail}',
      'pt-BR':
        'em {count} {count?célula|células} requisições demais do segundo falharam, e do primeiro não: {detail}',
    },
    next: {
      en: 'See which and how often in the report of the second; "slo: [{failures: …}]" in its experiment allows more.',
      'pt-BR':
        'Veja quais e quantas no relatório do segundo; "slo: [{failures: …}]" no seu experimento permite mais.',
    },
  },
  COMPARE_SLOWER: {
    exit: 7,
    says: {
      en: 'the second is slower, by a ratio beyond the margin, in {count} {count?cell|cells}: {detail}',
      'pt-BR':
        'o segundo é mais lento, com razão além da margem, em {count} {count?célula|células}: {detail}',
    },
    next: {
      en: 'Look at these cells, or allow more with --margin.',
      'pt-BR': 'Veja estas células, ou permita mais com --margin.',
    },
  },
  SLO_VIOLATED: {
    exit: 7,
    says: {
      en: 'no measured cell meets {count?this service level|these service levels}: {detail}',
      'pt-BR': 'nenhuma célula medida cumpre {count?este nível de serviço|estes níveis de serviço}: {detail}',
    },
    next: {
      en: 'Measure with less load or more replicas, or change "slo" in the experiment. Everything is on disk.',
      'pt-BR': 'Meça com menos carga ou mais réplicas, ou mude "slo" no experimento. Tudo está em disco.',
    },
  },
  THRESHOLD_BROKEN: {
    exit: 7,
    says: {
      en: '{count} {count?threshold is|thresholds are} broken (--fail-if): {detail}',
      'pt-BR': '{count} {count?limite violado|limites violados} (--fail-if): {detail}',
    },
    next: {
      en: 'The load ran to its end; look at its summary, or change --fail-if.',
      'pt-BR': 'A carga foi até o fim; veja o seu resumo ou mude --fail-if.',
    },
  },
  LEDGER_OPEN: {
    exit: 6,
    says: {
      en: 'the ledger does not close in {count} {count?cell|cells}: {detail}',
      'pt-BR': 'o registro não fecha em {count} {count?célula|células}: {detail}',
    },
    next: {
      en: 'Something acknowledged was lost or doubled. The cells are INVALID; look at their requests.csv.',
      'pt-BR': 'Algo confirmado foi perdido ou duplicado. As células são INVALID; veja os seus requests.csv.',
    },
  },
  CLIENT_INTERRUPTED: {
    exit: 130,
    says: {
      en: 'interrupted; the rows of {count} {count?request|requests} are complete',
      'pt-BR': 'interrompido; as linhas de {count} {count?requisição|requisições} estão completas',
    },
    next: {
      en: 'Run it again to send the whole load.',
      'pt-BR': 'Execute de novo para enviar a carga inteira.',
    },
  },
  COMMAND_INTERRUPTED: {
    exit: 130,
    says: { en: 'interrupted', 'pt-BR': 'interrompido' },
    next: {
      en: 'Nothing was left behind; give the same command again.',
      'pt-BR': 'Nada ficou para trás; dê o mesmo comando de novo.',
    },
  },
  INTERRUPTED_EARLY: {
    exit: 130,
    says: {
      en: 'interrupted before the first cell began',
      'pt-BR': 'interrompido antes que a primeira célula começasse',
    },
    next: {
      en: 'Nothing was left behind; give the same command again.',
      'pt-BR': 'Nada ficou para trás; dê o mesmo comando de novo.',
    },
  },
  INTERRUPTED: {
    exit: 130,
    says: {
      en: 'interrupted; {count} of {total} {total?trial|trials} {count?is|are} complete on disk',
      'pt-BR':
        'interrompido; {count} de {total} {total?ensaio|ensaios} {count?está completo|estão completos} em disco',
    },
    next: { en: 'Continue with: {command}', 'pt-BR': 'Continue com: {command}' },
  },
} as const satisfies Record<string, Problem>;
export type ProblemCode = keyof typeof problems;

/** Below what stopped a study that had begun; `resume` is the command. */
const continueWith: Sentence = {
  en: 'When that is mended, continue with: {resume}',
  'pt-BR': 'Corrigido isso, continue com: {resume}',
};

/** A problem as plain data, for another thread or program: an EscalaError can be made of it again. */
export interface ProblemData {
  readonly code: ProblemCode;
  readonly values: Fillings;
}

/** What stops the work. Expected outcomes are values; a broken assumption of ours is an assertion. */
export class EscalaError extends Error {
  override readonly name = 'EscalaError';
  readonly code: ProblemCode;
  readonly values: Fillings;

  constructor(code: ProblemCode, values: Fillings = {}, options?: ErrorOptions) {
    super(fill(problems[code].says, 'en', values), options);
    this.code = code;
    this.values = values;
  }

  get exit(): ExitCode {
    return problems[this.code].exit;
  }

  /** What happened, in each language. */
  get says(): Sentence {
    return fillEach(problems[this.code].says, this.values);
  }

  get data(): ProblemData {
    return { code: this.code, values: this.values };
  }

  /** The same problem, of a study that can be continued with `command`. */
  resumableWith(command: string): EscalaError {
    return new EscalaError(this.code, { ...this.values, resume: command }, { cause: this });
  }

  /** Code, what happened, and what to do next, in the user's language. */
  explain(language: Language): string {
    const { says, next } = problems[this.code];
    const sentences: readonly Sentence[] =
      'resume' in this.values ? [says, next, continueWith] : [says, next];
    return `${this.code}: ${sentences.map((one) => fill(one, language, this.values)).join('\n')}`;
  }
}
