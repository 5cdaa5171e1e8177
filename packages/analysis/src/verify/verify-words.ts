import type { Sentence } from '@escala/model';

/** What verify finds, in both languages. */
export const verifyWords = {
  missing: { en: 'the file is missing', 'pt-BR': 'o arquivo falta' },
  analyzeFirst: { en: 'the file is missing; run analyze', 'pt-BR': 'o arquivo falta; execute analyze' },
  sum: {
    en: 'its sha256 is not the one in checksums.txt',
    'pt-BR': 'o seu sha256 não é o de checksums.txt',
  },
  unlisted: {
    en: 'checksums.txt does not name this file',
    'pt-BR': 'checksums.txt não nomeia este arquivo',
  },
  sumLine: {
    en: 'the line is not a sum and a path, in the order of the paths',
    'pt-BR': 'a linha não é uma soma e um caminho, na ordem dos caminhos',
  },
  concatenation: {
    en: 'the line is not the one that the cells’ own files give',
    'pt-BR': 'a linha não é a que os arquivos das células dão',
  },
  rawRow: {
    en: 'client rows and ledgers give this row, and the file has another or none',
    'pt-BR': 'as linhas dos clientes e os registros dão esta linha, e o arquivo tem outra ou nenhuma',
  },
  fileRow: {
    en: 'the file has this row, and client rows and ledgers give another or none',
    'pt-BR': 'o arquivo tem esta linha, e as linhas dos clientes e os registros dão outra ou nenhuma',
  },
  number: {
    en: 'the file says {found}, and the raw rows give {computed}',
    'pt-BR': 'o arquivo diz {found}, e os dados brutos dão {computed}',
  },
  otherText: {
    en: 'its values are those of the raw rows, but its text is not as it was written',
    'pt-BR': 'os valores são os dos dados brutos, mas o texto não é como foi escrito',
  },
  nothing: { en: 'nothing', 'pt-BR': 'nada' },
  ledger: {
    en: '{missing} lost, {duplicated} duplicated, {unexpected} unexpected',
    'pt-BR': '{missing} perdidas, {duplicated} duplicadas, {unexpected} inesperadas',
  },
  block: {
    en: 'the block has another round, system or number of replicas than one of its trials',
    'pt-BR': 'o bloco tem outra rodada, outro sistema ou outro número de réplicas do que um dos seus ensaios',
  },
  planned: {
    en: 'its round or cell is not the one that manifest.json planned',
    'pt-BR': 'a rodada ou a célula não é a que manifest.json planejou',
  },
  experiment: {
    en: 'it is not the text with which the run began',
    'pt-BR': 'não é o texto com que a execução começou',
  },
  event: {
    en: 'the line is no event, is earlier than the one before it, or counts otherwise than its cell.json',
    'pt-BR': 'a linha não é um evento, é anterior à que a precede, ou conta diferente do seu cell.json',
  },
  sequence: {
    en: 'its number does not follow the one before it',
    'pt-BR': 'o seu número não segue o anterior',
  },
  sides: {
    en: 'client and ledger do not name the same run, cell, client, message or replica',
    'pt-BR': 'cliente e registro não nomeiam a mesma execução, célula, cliente, mensagem ou réplica',
  },
  warmup: {
    en: 'the warm-up request is in one side only, or twice',
    'pt-BR': 'a requisição de aquecimento está em um só lado, ou duas vezes',
  },
  times: {
    en: 'the latency of the warm-up request is not the difference of its times',
    'pt-BR': 'a latência da requisição de aquecimento não é a diferença dos seus tempos',
  },
  report: {
    en: 'the line is not the one that results.json gives',
    'pt-BR': 'a linha não é a que results.json dá',
  },
  picture: {
    en: 'the picture is not the one that results.json gives',
    'pt-BR': 'a imagem não é a que results.json dá',
  },
} as const satisfies Record<string, Sentence>;
