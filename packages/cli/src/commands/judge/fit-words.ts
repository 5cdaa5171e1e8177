import type { Sentence } from '@escala/model';

/** What `escala fit` says, in both languages. */
export const fitWords = {
  summary: {
    en: 'fit linear, Amdahl and USL to two columns of a file',
    'pt-BR': 'ajusta linear, Amdahl e USL a duas colunas de um arquivo',
  },
  file: {
    en: 'a table with a header, in any dialect of CSV, also gzip; - is the standard input',
    'pt-BR': 'uma tabela com cabeçalho, em qualquer dialeto de CSV, também gzip; - é a entrada padrão',
  },
  n: {
    en: 'column that holds N; without it one that is called so (n, replicas, threads, …), else the first',
    'pt-BR': 'coluna que contém N; sem ela, uma que se chame assim (n, replicas, threads, …), ou a primeira',
  },
  x: {
    en: 'column that holds throughput; without it one that is called so (x, throughput, rps, …), else the next',
    'pt-BR': 'coluna que contém a vazão; sem ela, uma que se chame assim (x, vazao, rps, …), ou a seguinte',
  },
  taken: {
    en: '{file}: N is column "{n}", X is column "{x}"; {dialect}',
    'pt-BR': '{file}: N é a coluna "{n}", X é a coluna "{x}"; {dialect}',
  },
  scale: {
    en: 'log: noise in proportion to X; linear: noise of one size, as most published fits',
    'pt-BR':
      'log: ruído proporcional a X; linear: ruído de um só tamanho, como na maioria dos ajustes publicados',
  },
  json: { en: 'one JSON object on stdout, nothing else', 'pt-BR': 'um objeto JSON em stdout, nada mais' },
  examples: {
    en: `Examples:
  escala fit measured.csv --n replicas --x throughput
  zcat measured.csv.gz | escala fit - --json

N/X = (1 + α(N−1) + βN(N−1))/γ: α is contention (also σ), β coherency (κ),
γ the throughput at N = 1 (λ).
Intervals are 95 % profile-t. Linear has γ only, Amdahl α and γ, USL all three.`,
    'pt-BR': `Exemplos:
  escala fit medidas.csv --n replicas --x vazao
  zcat medidas.csv.gz | escala fit - --json

N/X = (1 + α(N−1) + βN(N−1))/γ: α é a contenção (também σ), β a coerência (κ),
γ a vazão em N = 1 (λ).
Os intervalos são de 95 %, por perfil e t. Linear tem só γ, Amdahl α e γ, USL as três.`,
  },
  rows: {
    en: '{rows} {rows?row|rows} at {levels} {levels?level|levels} of N, {scale} scale',
    'pt-BR': '{rows} {rows?linha|linhas} em {levels} {levels?nível|níveis} de N, escala {scale}',
  },
  headers: {
    en: 'law\tparameter\testimate\tstd. error\t95 % interval\tRSS\tAICc',
    'pt-BR': 'lei\tparâmetro\testimativa\terro padrão\tintervalo de 95 %\tRSS\tAICc',
  },
  unconverged: { en: '(not converged)', 'pt-BR': '(não convergiu)' },
  unbounded: { en: 'none', 'pt-BR': 'nenhum' },
  lackOfFit: { en: 'lack of fit: F = {f}, p = {p}', 'pt-BR': 'falta de ajuste: F = {f}, p = {p}' },
  peak: {
    en: 'peak: N = {n} ± {stderrN}, X = {x} ± {stderrX} ({status})',
    'pt-BR': 'pico: N = {n} ± {stderrN}, X = {x} ± {stderrX} ({status})',
  },
  inside: { en: 'inside the data', 'pt-BR': 'dentro dos dados' },
  extrapolated: { en: 'extrapolated', 'pt-BR': 'extrapolado' },
} as const satisfies Record<string, Sentence>;
