import type { Sentence } from '@escala/model';

/** Whole examples below the help of `analyze`, `verify`, `compare` and `export`. */
export const judgementExamples = {
  analyze: {
    en: `Examples:
  escala analyze runs/<id>                 after a change of thresholds or version
  escala analyze python.csv go.csv         statistics and figures of the older form,
                                           and what it can and cannot show`,
    'pt-BR': `Exemplos:
  escala analyze runs/<id>                 após mudar limiares ou a versão
  escala analyze python.csv go.csv         estatísticas e figuras da forma antiga,
                                           e o que ela pode e não pode mostrar`,
  },
  verify: {
    en: `Examples:
  escala verify runs/<id>                  exit 6 when anything differs
  escala verify runs/<id> --json | jq .problems`,
    'pt-BR': `Exemplos:
  escala verify runs/<id>                  sai com 6 quando algo difere
  escala verify runs/<id> --json | jq .problems`,
  },
  compare: {
    en: `Examples:
  escala compare runs/before runs/after    exit 7 when the second is slower
  escala compare runs/<id>#python runs/<id>#go --metric p95 --margin 0.1`,
    'pt-BR': `Exemplos:
  escala compare runs/antes runs/depois    sai com 7 quando o segundo é mais lento
  escala compare runs/<id>#python runs/<id>#go --metric p95 --margin 0.1`,
  },
  export: {
    en: `Examples:
  escala export runs/<id> --out rows.csv
  escala export runs/<id> --format parquet --out rows.parquet
  escala export runs/<id> --format prometheus --out escala.prom
  escala export runs/<id> --format json --out results.json`,
    'pt-BR': `Exemplos:
  escala export runs/<id> --out linhas.csv
  escala export runs/<id> --format parquet --out linhas.parquet
  escala export runs/<id> --format prometheus --out escala.prom
  escala export runs/<id> --format json --out resultados.json`,
  },
} as const satisfies Record<string, Sentence>;
