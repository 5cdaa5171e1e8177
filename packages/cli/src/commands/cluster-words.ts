import type { Sentence } from '@escala/model';

/** What `clean` and `doctor` say, in both languages. */
export const clusterWords = {
  clean: {
    en: 'remove what crashed studies left on a cluster, and say what',
    'pt-BR': 'remove o que estudos interrompidos deixaram num cluster, e diz o quê',
  },
  doctor: {
    en: 'say what is missing for a target, and how to get it',
    'pt-BR': 'diz o que falta para um alvo, e como obtê-lo',
  },
  context: { en: "context of kubectl's configuration", 'pt-BR': 'contexto da configuração do kubectl' },
  namespace: {
    en: 'a namespace that was made beforehand',
    'pt-BR': 'um namespace criado de antemão',
  },
  target: { en: 'local, kind or kubernetes', 'pt-BR': 'local, kind ou kubernetes' },
  nothing: { en: 'nothing was left', 'pt-BR': 'nada tinha ficado' },
  removed: { en: '{run}: removed {objects}', 'pt-BR': '{run}: removido {objects}' },
  live: {
    en: '{run}: is running in {namespace}; left alone',
    'pt-BR': '{run}: está em execução em {namespace}; não foi tocado',
  },
  node: { en: 'Node {version}', 'pt-BR': 'Node {version}' },
  cores: {
    en: '{count} processors: servers and clients share them',
    'pt-BR': '{count} processadores: servidores e clientes os dividem',
  },
  toolFound: { en: '{tool}: {version}', 'pt-BR': '{tool}: {version}' },
  toolMissing: {
    en: '{tool} is missing or does not answer; get it from {where}',
    'pt-BR': '{tool} falta ou não responde; obtenha-o em {where}',
  },
} as const satisfies Record<string, Sentence>;
