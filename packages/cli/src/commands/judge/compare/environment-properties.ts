import type { EnvironmentProperty } from '@escala/analysis';
import type { Sentence } from '@escala/model';

/** What `compare` calls the properties of machine and program in which two runs differ. */
export const environmentProperties: Readonly<Record<EnvironmentProperty, Sentence>> = {
  escala: { en: 'version of Escala', 'pt-BR': 'versão do Escala' },
  node: { en: 'Node of the clients', 'pt-BR': 'Node dos clientes' },
  kernel: { en: 'operating system', 'pt-BR': 'sistema operacional' },
  cpuModel: { en: 'processor', 'pt-BR': 'processador' },
  cpus: { en: 'number of processors', 'pt-BR': 'número de processadores' },
  memory: { en: 'memory', 'pt-BR': 'memória' },
  kubernetes: { en: 'Kubernetes', 'pt-BR': 'Kubernetes' },
  nodes: { en: 'number of nodes', 'pt-BR': 'número de nós' },
  cpuLimit: { en: 'limit of processors', 'pt-BR': 'limite de processadores' },
  memoryLimit: { en: 'limit of memory (bytes)', 'pt-BR': 'limite de memória (bytes)' },
  governor: { en: 'frequency governor', 'pt-BR': 'controle de frequência' },
  runtime: { en: 'runtime', 'pt-BR': 'ambiente de execução' },
  commit: { en: 'commit', 'pt-BR': 'commit' },
  digest: { en: 'program or image', 'pt-BR': 'programa ou imagem' },
};
