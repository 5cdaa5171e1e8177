import { type ComparedCell, formatDurationUs, formatSizeBytes } from '@escala/model';

type Factor = ComparedCell['factors'][string];

/** How each factor is written, as in the names of cells: the same words in both languages, made to be copied. */
const writes: Readonly<Record<string, (value: Factor) => string>> = {
  replicas: (value) => `r${value}`,
  clients: (value) => `c${value}`,
  messages: (value) => `m${value}`,
  ratePerSecond: (value) => `rate${value}`,
  arrivals: String,
  durationUs: (value) => `for${formatDurationUs(Number(value))}`,
  payloadBytes: (value) => `payload${formatSizeBytes(Number(value))}`,
  thinkTimeUs: (value) => `think${formatDurationUs(Number(value))}`,
  keepAlive: (value) => (value === true ? 'keepalive' : 'reconnect'),
  storage: String,
  clientsPerPod: (value) => `perpod${value}`,
};

/** `r2 c60 m100 think10ms`: no two cells of a comparison have the same name. */
export function comparedCellName({ factors }: Pick<ComparedCell, 'factors'>): string {
  return Object.entries(factors)
    .map(([name, value]) => writes[name]?.(value) ?? `${name}=${value}`)
    .join(' ');
}
