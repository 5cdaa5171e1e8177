import type { Sentence } from '@escala/model';

/** What `escala doctor` says, in both languages; what it says of a cluster is beside the checks of the cluster. */
export const doctorWords = {
  doctor: {
    en: 'say what is missing for a target, and the command that gets it',
    'pt-BR': 'diz o que falta para um alvo e o comando que o instala',
  },
  target: { en: 'what to look at', 'pt-BR': 'o que examinar' },
  context: {
    en: 'context in the configuration that KUBECONFIG names; else the current one',
    'pt-BR': 'contexto na configuração que KUBECONFIG indica; senão, o atual',
  },
  namespace: {
    en: 'the namespace, made beforehand, that a study would use',
    'pt-BR': 'o namespace, criado antes, que um estudo usaria',
  },
  examples: {
    en: `Examples:
  escala doctor                                 this machine alone
  escala doctor --target kind
  escala doctor --target kubernetes --context lab --namespace study
It changes nothing. ✓ is there, ! is optional, ✗ keeps a study from running (exit 4).`,
    'pt-BR': `Exemplos:
  escala doctor                                 só esta máquina
  escala doctor --target kind
  escala doctor --target kubernetes --context lab --namespace estudo
Nada é alterado. ✓ existe, ! é opcional, ✗ impede um estudo de executar (saída 4).`,
  },
  escala: { en: 'Escala {version}, Node {node}', 'pt-BR': 'Escala {version}, Node {node}' },
  cores: {
    en: '{count} {count?processor|processors}, which servers and clients share',
    'pt-BR': '{count} {count?processador|processadores}, que servidores e clientes dividem',
  },
  coresFew: {
    en: '{count} {count?processor|processors}: clients and servers will wait for each other; use 2 or more',
    'pt-BR':
      '{count} {count?processador|processadores}: clientes e servidores vão esperar uns pelos outros; use 2 ou mais',
  },
  disk: {
    en: '{free} free on disk here, enough for about {requests} {requests?request|requests}',
    'pt-BR':
      '{free} livres em disco aqui, o bastante para cerca de {requests} {requests?requisição|requisições}',
  },
  found: { en: '{tool}: {version}', 'pt-BR': '{tool}: {version}' },
  missing: {
    en: '{tool} is not installed, and is for {use}. Get it with: {command}',
    'pt-BR': '{tool} não está instalado, e serve para {use}. Instale com: {command}',
  },
  mute: {
    en: '{tool} is installed but fails: {detail}. Try: {command}',
    'pt-BR': '{tool} está instalado, mas falha: {detail}. Tente: {command}',
  },
  cluster: { en: 'kind cluster {name}', 'pt-BR': 'cluster kind {name}' },
  clusterMissing: {
    en: 'there is no kind cluster {name} yet; a study with --target kind makes it. By hand: {command}',
    'pt-BR': 'ainda não há cluster kind {name}; um estudo com --target kind o cria. À mão: {command}',
  },
} as const satisfies Record<string, Sentence>;
