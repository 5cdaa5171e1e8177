import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers in place of the right one, for who is no API server or a broken one. */
export type BadAnswer = (request: IncomingMessage, response: ServerResponse) => void;

/** A refusal as the API server words it: a Status. */
export const refusal =
  (code: number, message: string, details?: object): BadAnswer =>
  (_request, response) => {
    const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message, details };
    raw(response, code, JSON.stringify(status), { 'content-type': 'application/json' });
  };
const status =
  (code: number, headers: Record<string, string> = {}): BadAnswer =>
  (_request, response) => {
    const body = {
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      code,
      message: `planted refusal ${code}`,
    };
    raw(response, code, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
  };
const body =
  (text: string, type = 'application/json', code = 200): BadAnswer =>
  (_request, response) =>
    raw(response, code, text, { 'content-type': type });

/** Also for an upgrade, where there is only a socket. */
function raw(response: ServerResponse, code: number, text: string, headers: Record<string, string>): void {
  const lines = Object.entries({
    ...headers,
    'content-length': Buffer.byteLength(text),
    connection: 'close',
  });
  const head = [`HTTP/1.1 ${code} Planted`, ...lines.map(([name, value]) => `${name}: ${value}`), '', ''];
  response.socket?.end(head.join('\r\n') + text);
}

const loginPage = '<!doctype html><html><body>Please log in</body></html>';

/** What an API server, or what stands in its place, may answer. */
export const badAnswers: Readonly<Record<string, BadAnswer>> = {
  '401': status(401),
  '403': status(403),
  '404': status(404),
  '409': status(409),
  '410': status(410),
  '422': status(422),
  '429 with retry-after': status(429, { 'retry-after': '0' }),
  '500': status(500),
  '503': status(503),
  '302 to a login page': (_request, response) =>
    raw(response, 302, '', { location: 'https://login.example/' }),
  '403 in HTML': body(loginPage, 'text/html', 403),
  '404 in plain text': body('404 page not found', 'text/plain', 404),
  '502 in HTML': body(loginPage, 'text/html', 502),
  'HTML with 200': body(loginPage, 'text/html'),
  'HTML that calls itself JSON': body(loginPage),
  'an empty body': body(''),
  'a number': body('17'),
  null: body('null'),
  'an empty object': body('{}'),
  'a list of lists': body('[[]]'),
  'a list with null in it': body('{"kind":"PodList","items":[null]}'),
  'a list of numbers': body('{"kind":"PodList","items":[1,2]}'),
  'a list with wrong parts': body(
    '{"kind":"PodList","items":[{"metadata":{"name":"a","labels":[]},"status":7}]}',
  ),
  'items that are no list': body('{"kind":"PodList","items":{}}'),
  'a refusal with 200': body('{"kind":"Status","status":"Failure","code":500,"message":"planted"}'),
  'bytes that are no text': body('\u0000\ufffd\u0001{', 'application/octet-stream'),
  'half a JSON': body('{"kind":"PodList","items":[{"meta'),
  'a body cut short': (_request, response) =>
    response.socket?.end('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"items":['),
  'a hang before headers': () => undefined,
  'a hang in mid-body': (_request, response) =>
    response.socket?.write('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"items":['),
  'a reset': (_request, response) => response.socket?.destroy(),
  'no HTTP': (_request, response) => response.socket?.end('SSH-2.0-planted\r\n'),
};
