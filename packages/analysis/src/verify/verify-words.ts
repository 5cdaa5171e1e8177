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
  nothing: { en: 'nothing', 'pt-BR': 'nada' },
  ledger: {
    en: '{missing} lost, {duplicated} duplicated, {unexpected} unexpected',
    'pt-BR': '{missing} perdidas, {duplicated} duplicadas, {unexpected} inesperadas',
  },
  report: {
    en: 'the line is not the one that results.json gives',
    'pt-BR': 'a linha não é a que results.json dá',
  },
} as const satisfies Record<string, Sentence>;
