// A system under study that dies on purpose at the first message: it is ready, and then it is gone.
import { createServer } from 'node:http';
import { inFlightMetric } from '@escala/model';

createServer((request, response) => {
  if (request.method === 'POST') process.exit(1);
  response.end(`${inFlightMetric} 0\n`);
}).listen(Number(process.env['PORT']), '127.0.0.1');

process.stdin.on('end', () => process.exit()).resume();
