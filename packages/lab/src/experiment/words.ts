import { quantities, type Sentence } from '@escala/model';
import type { ErrorCode } from 'yaml';

/** What a place of the file takes, in words that follow "must be". The schema names them as the error of its checks. */
export const allowed = {
  ...quantities,
  wholeNumber: { en: 'a whole number', 'pt-BR': 'um número inteiro' },
  share: {
    en: 'a share from 0 to 1, such as 0.01 or 1%',
    'pt-BR': 'uma fração de 0 a 1, como 0.01 ou 1%',
  },
  distinctLevels: {
    en: 'levels that differ from each other',
    'pt-BR': 'níveis diferentes entre si',
  },
  name: {
    en: 'lower-case letters, digits and "-", as in "my-study"',
    'pt-BR': 'letras minúsculas, dígitos e "-", como em "meu-estudo"',
  },
  processors: { en: 'processors such as 500m or 2', 'pt-BR': 'processadores como 500m ou 2' },
  memory: { en: 'memory such as 256Mi or 1Gi', 'pt-BR': 'memória como 256Mi ou 1Gi' },
  path: { en: 'a path that begins with "/"', 'pt-BR': 'um caminho que começa com "/"' },
  serviceLevel: {
    en: 'at least one of p50, p90, p95, p99, failures',
    'pt-BR': 'ao menos um entre p50, p90, p95, p99, failures',
  },
} as const satisfies Record<string, Sentence>;

export type AllowedName = keyof typeof allowed;

/** What the schema's own checks ask for, by zod's names. */
export const types: Readonly<Record<string, Sentence>> = {
  number: { en: 'a number', 'pt-BR': 'um número' },
  array: { en: 'a list', 'pt-BR': 'uma lista' },
  object: { en: 'a mapping', 'pt-BR': 'um mapeamento' },
  record: { en: 'a mapping', 'pt-BR': 'um mapeamento' },
  string: { en: 'text', 'pt-BR': 'texto' },
  boolean: { en: 'true or false', 'pt-BR': 'true ou false' },
};

export const words = {
  theFile: { en: 'the file', 'pt-BR': 'o arquivo' },
  mustBe: { en: 'must be {allowed}', 'pt-BR': 'deve ser {allowed}' },
  missing: { en: 'is missing; it takes {allowed}', 'pt-BR': 'falta; o valor é {allowed}' },
  unknownKey: {
    en: 'unknown key{nearest} (allowed: {known})',
    'pt-BR': 'chave desconhecida{nearest} (permitidas: {known})',
  },
  unknownToo: { en: 'unknown key{nearest}', 'pt-BR': 'chave desconhecida{nearest}' },
  unknownSystem: {
    en: '"{name}" is none of {known}{nearest}; one of your own needs a "command" (local) or an "image" (Kubernetes)',
    'pt-BR':
      '"{name}" não está entre {known}{nearest}; um sistema seu precisa de "command" (local) ou "image" (Kubernetes)',
  },
  sameSystems: {
    en: 'must have names that differ from each other',
    'pt-BR': 'devem ter nomes diferentes entre si',
  },
  pathKeepsNoLedger: {
    en: '"path" is asked with GET, which leaves no row in a ledger; set "ledger: none", or leave "path" out',
    'pt-BR':
      '"path" é pedido com GET, que não deixa linha no registro; ponha "ledger: none", ou retire "path"',
  },
  portNeedsImage: {
    en: '"port" says where an "image" listens; a command is told its port in PORT',
    'pt-BR': '"port" diz onde uma "image" escuta; um comando recebe a sua porta em PORT',
  },
  openLoop: {
    en: 'an open loop ignores clients and messages; give each of them one level',
    'pt-BR': 'um laço aberto ignora clients e messages; dê um só nível a cada um',
  },
  scaleNeedsReplicas: { en: 'scale needs "replicas"', 'pt-BR': 'scale precisa de "replicas"' },
  imagesNeed: { en: 'images: {images} needs "{key}"', 'pt-BR': 'images: {images} precisa de "{key}"' },
  or: { en: '{first}, or {second}', 'pt-BR': '{first}, ou {second}' },
  atLeast: { en: 'at least {least}', 'pt-BR': 'no mínimo {least}' },
  above: { en: 'above {least}', 'pt-BR': 'acima de {least}' },
  atMost: { en: 'at most {most}', 'pt-BR': 'no máximo {most}' },
  listOfAtLeast: { en: 'a list of at least {least}', 'pt-BR': 'uma lista de no mínimo {least}' },
  listOfAtMost: { en: 'a list of at most {most}', 'pt-BR': 'uma lista de no máximo {most}' },
  textOfAtMost: { en: 'text of at most {most} characters', 'pt-BR': 'texto de no máximo {most} caracteres' },
  oneOf: { en: 'one of {values}', 'pt-BR': 'um entre {values}' },
  another: { en: 'another value', 'pt-BR': 'outro valor' },
  tooManyAliases: {
    en: 'aliases that unfold into too much',
    'pt-BR': 'referências (aliases) que se expandem demais',
  },
} as const satisfies Record<string, Sentence>;

/** What is wrong with YAML itself, by the codes of its parser; the compiler refuses a missing one. */
export const syntax = {
  MULTIPLE_DOCS: {
    en: 'a file holds one experiment, without "---"',
    'pt-BR': 'um arquivo contém um experimento, sem "---"',
  },
  DUPLICATE_KEY: {
    en: 'not valid YAML: this key is there twice',
    'pt-BR': 'YAML inválido: esta chave aparece duas vezes',
  },
  TAB_AS_INDENT: {
    en: 'not valid YAML: indent with spaces, not with tabs',
    'pt-BR': 'YAML inválido: recue com espaços, não com tabulações',
  },
  BAD_INDENT: {
    en: 'not valid YAML: the indentation does not fit the lines above, or a [ or { above is not closed',
    'pt-BR': 'YAML inválido: o recuo não combina com as linhas acima, ou um [ ou { acima não foi fechado',
  },
  MISSING_CHAR: {
    en: 'not valid YAML: a quote, a bracket, a comma or a colon is missing here or above',
    'pt-BR': 'YAML inválido: falta uma aspa, um colchete, uma vírgula ou dois-pontos aqui ou acima',
  },
  UNEXPECTED_TOKEN: {
    en: 'not valid YAML: something stands here that does not belong here',
    'pt-BR': 'YAML inválido: há aqui algo que não cabe neste lugar',
  },
  ALIAS_PROPS: {
    en: 'not valid YAML: a name after * takes neither an anchor nor a tag',
    'pt-BR': 'YAML inválido: um nome depois de * não leva âncora nem etiqueta',
  },
  BAD_DIRECTIVE: {
    en: 'not valid YAML: a line that begins with % is a directive, and this is none',
    'pt-BR': 'YAML inválido: uma linha que começa com % é uma diretiva, e esta não é nenhuma',
  },
  BAD_DQ_ESCAPE: {
    en: 'not valid YAML: \\ in double quotes begins an escape, and this is none; single quotes take it as it is',
    'pt-BR':
      'YAML inválido: \\ entre aspas duplas inicia um escape, e este não é nenhum; aspas simples o tomam como está',
  },
  BAD_PROP_ORDER: {
    en: 'not valid YAML: an anchor or a tag stands before the value, not before its "-", "?" or ":"',
    'pt-BR': 'YAML inválido: uma âncora ou etiqueta fica antes do valor, não antes do seu "-", "?" ou ":"',
  },
  BAD_SCALAR_START: {
    en: 'not valid YAML: a text cannot begin with this character; put it in quotes',
    'pt-BR': 'YAML inválido: um texto não pode começar com este caractere; ponha-o entre aspas',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    en: 'not valid YAML: a second "key:" stands on this line; put it on a line of its own, or the value in quotes',
    'pt-BR':
      'YAML inválido: há um segundo "chave:" nesta linha; ponha-o numa linha própria, ou o valor entre aspas',
  },
  BLOCK_IN_FLOW: {
    en: 'not valid YAML: inside [ ] or { } no list with "-" and no text with | or > can stand',
    'pt-BR': 'YAML inválido: dentro de [ ] ou { } não cabe lista com "-" nem texto com | ou >',
  },
  IMPOSSIBLE: {
    en: 'not valid YAML: this cannot be read',
    'pt-BR': 'YAML inválido: isto não pode ser lido',
  },
  KEY_OVER_1024_CHARS: {
    en: 'not valid YAML: a key has more than 1024 characters before its ":"',
    'pt-BR': 'YAML inválido: uma chave tem mais de 1024 caracteres antes do seu ":"',
  },
  MULTILINE_IMPLICIT_KEY: {
    en: 'not valid YAML: a key must be on one line; a ":" or a quote may be missing',
    'pt-BR': 'YAML inválido: uma chave deve estar numa só linha; talvez falte um ":" ou uma aspa',
  },
  MULTIPLE_ANCHORS: {
    en: 'not valid YAML: a value takes one anchor (&)',
    'pt-BR': 'YAML inválido: um valor leva uma só âncora (&)',
  },
  MULTIPLE_TAGS: {
    en: 'not valid YAML: a value takes one tag (!)',
    'pt-BR': 'YAML inválido: um valor leva uma só etiqueta (!)',
  },
  NON_STRING_KEY: {
    en: 'not valid YAML: a key must be text',
    'pt-BR': 'YAML inválido: uma chave deve ser texto',
  },
  RESOURCE_EXHAUSTION: {
    en: 'not valid YAML: it is nested too deeply',
    'pt-BR': 'YAML inválido: está aninhado demais',
  },
  TAG_RESOLVE_FAILED: {
    en: 'not valid YAML: this tag (!) is not known, or does not fit its value; leave it out',
    'pt-BR': 'YAML inválido: esta etiqueta (!) não é conhecida, ou não combina com o valor; retire-a',
  },
  BAD_COLLECTION_TYPE: {
    en: 'not valid YAML: this tag (!) is for another kind of value; leave it out',
    'pt-BR': 'YAML inválido: esta etiqueta (!) é de outro tipo de valor; retire-a',
  },
  BAD_ALIAS: {
    en: 'not valid YAML: the name after * is not defined above by &',
    'pt-BR': 'YAML inválido: o nome depois de * não foi definido acima com &',
  },
} as const satisfies Record<ErrorCode, Sentence>;
