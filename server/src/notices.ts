import { fill, type Language, type Sentence, type SentenceValues } from '@escala/model';

/** Notices on stderr, for the person who runs the server. */
const sentences = {
  repaired: {
    en: 'ledger: a torn last row of {bytes} bytes was cut off {file}; it had not been acknowledged',
    'pt-BR':
      'registro: uma última linha incompleta de {bytes} bytes foi cortada de {file}; não havia sido confirmada',
  },
  full: {
    en: 'ledger: the disk is full ({detail}); nothing is acknowledged until there is room',
    'pt-BR': 'registro: o disco está cheio ({detail}); nada é confirmado até haver espaço',
  },
  failed: {
    en: 'ledger: the disk failed ({detail}); nothing more is acknowledged, and what was stays readable',
    'pt-BR': 'registro: o disco falhou ({detail}); nada mais é confirmado, e o que já foi continua legível',
  },
  open: {
    en: 'ledger: there is room again; rows are taken',
    'pt-BR': 'registro: há espaço de novo; as linhas são aceitas',
  },
  cut: {
    en: 'drain: the time was up with {count} {count?request|requests} in flight; {count?its connection was|their connections were} cut',
    'pt-BR':
      'encerramento: o prazo acabou com {count} {count?requisição|requisições} em andamento; {count?sua conexão foi cortada|suas conexões foram cortadas}',
  },
} as const satisfies Record<string, Sentence>;

export type Notify = (notice: keyof typeof sentences, values?: SentenceValues) => void;

/** Notices as lines on stderr: stdout carries only the line that says where the server listens. */
export const notifyOnStderr =
  (language: Language): Notify =>
  (notice, values) => {
    process.stderr.write(`${fill(sentences[notice], language, values)}\n`);
  };
