/** The message API, which any language can speak to be a server under study (`docs/reference/message-api.md`). */
export const messageApi = {
  messages: '/messages',
  root: '/',
  healthz: '/healthz',
  readyz: '/readyz',
  metrics: '/metrics',
  ledger: '/ledger',
  requestIdHeader: 'x-request-id',
} as const;

/** Characters in `run`, `cell`, `client` or `message`. */
export const FIELD_CHARACTERS_MAX = 256;

/** The Prometheus gauge that the lab reads to know that a replica has nothing in flight. */
export const inFlightMetric = 'escala_requests_in_flight';
const inFlight = new RegExp(`^${inFlightMetric} (\\d+)`, 'm');

/** How many requests are in flight, as the text of `/metrics` says it; undefined where it does not. */
export function inFlightOf(metrics: string): number | undefined {
  const digits = inFlight.exec(metrics)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The body of `POST /messages`. `client` and `message` may be numbers or text; `data` is carried and not kept. */
export interface Message {
  readonly run: string;
  readonly cell: string;
  readonly client: number | string;
  readonly message: number | string;
  readonly data?: string;
}

/** What a server prints on a line of its own when it is ready. The lab and scripts wait for it. */
export const listeningLine = /^listening on (https?:\/\/\S+)$/m;
