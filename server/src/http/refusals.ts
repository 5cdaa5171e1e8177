/** Why a request gets no row, and what its client reads. The refusing code fills in `{detail}`. */
export const refusals = {
  MALFORMED_REQUEST: { status: 400, says: 'This is not an HTTP/1.1 request that can be read: {detail}.' },
  HOST_INVALID: { status: 400, says: 'An HTTP/1.1 request has one header "host".' },
  MALFORMED_JSON: { status: 400, says: 'The body is not JSON: {detail}.' },
  FIELD_INVALID: { status: 400, says: '{detail}.' },
  REQUEST_ID_INVALID: {
    status: 400,
    says: 'x-request-id takes 1 to 128 letters, digits, ".", "_", ":" and "-", and does not begin with "-".',
  },
  TOKEN_NEEDED: {
    status: 401,
    says: 'From elsewhere than this machine, the ledger needs the bearer token of LEDGER_TOKEN.',
  },
  NOT_FOUND: { status: 404, says: 'There is nothing at this path; messages go to POST /messages.' },
  METHOD_NOT_ALLOWED: { status: 405, says: 'This path takes {detail}.' },
  TOO_SLOW: { status: 408, says: 'The request took too long to arrive.' },
  BODY_TOO_LARGE: { status: 413, says: 'The body is larger than {detail} bytes.' },
  PATH_TOO_LONG: { status: 414, says: 'The path is longer than {detail} bytes.' },
  NOT_JSON: { status: 415, says: 'A message is application/json, without content-encoding.' },
  RANGE_EMPTY: { status: 416, says: 'The ledger ends before this offset.' },
  EXPECTATION_UNKNOWN: { status: 417, says: 'The only expectation that is met is 100-continue.' },
  HEADERS_TOO_LARGE: { status: 431, says: 'The headers are larger than {detail} bytes.' },
  OVERLOADED: { status: 503, says: 'As many requests are in flight as MAX_INFLIGHT allows.' },
  DISK_FULL: {
    status: 503,
    says: 'The disk of the ledger is full; nothing is acknowledged until there is room.',
  },
  DISK_FAILED: { status: 503, says: 'The disk of the ledger failed; this server acknowledges nothing more.' },
} as const satisfies Record<string, { status: number; says: string }>;
type RefusalCode = keyof typeof refusals;

/** A refusal of one request: a value, not an exception. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly detail?: string;
}

/** The JSON that a refused client reads: a stable code, and a sentence. */
export function refusalBody({ code, detail = '' }: Refusal): string {
  return `${JSON.stringify({ code, message: refusals[code].says.replace('{detail}', () => detail) })}\n`;
}
