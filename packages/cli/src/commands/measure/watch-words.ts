import type { Sentence } from '@escala/model';

/** What `escala watch` says, in both languages. The page has its own words. */
export const watchWords = {
  watch: {
    en: 'show a run live in the browser; a replay when it is over',
    'pt-BR': 'mostra uma execução ao vivo no navegador; uma reprise, quando ela termina',
  },
  run: { en: 'the run folder, such as runs/<id>', 'pt-BR': 'a pasta da execução, como runs/<id>' },
  port: {
    en: 'port on 127.0.0.1; 0 picks a free one',
    'pt-BR': 'porta em 127.0.0.1; 0 escolhe uma livre',
  },
  examples: {
    en: `Examples:
  escala watch runs/<id>                 while it runs in another terminal, or afterwards
  escala watch runs/<id> --port 9000     always the same port
  ssh -L 9000:127.0.0.1:9000 <machine>   then open the address here;
                                         it listens on 127.0.0.1 only`,
    'pt-BR': `Exemplos:
  escala watch runs/<id>                 enquanto executa em outro terminal, ou depois
  escala watch runs/<id> --port 9000     sempre a mesma porta
  ssh -L 9000:127.0.0.1:9000 <máquina>   e abra o endereço aqui;
                                         ela só escuta em 127.0.0.1`,
  },
  listening: {
    en: 'Open {url} (the address is the key: share it only with those who may see the run). Ctrl-C ends it.',
    'pt-BR':
      'Abra {url} (o endereço é a chave: só o compartilhe com quem pode ver a execução). Ctrl-C encerra.',
  },
} as const satisfies Record<string, Sentence>;
