import { createServer } from 'node:http';

/** A service of one's own that keeps a processor busy for this long a request, ms. */
const BUSY_MS = 1;

createServer((_request, response) => {
  const end = performance.now() + BUSY_MS;
  while (performance.now() < end);
  response.end('done');
}).listen(Number(process.env['PORT']), '127.0.0.1');
