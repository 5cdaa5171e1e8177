// A system under study that is ready without a word (204), and that hangs when it is asked what is in flight.
import { createServer } from 'node:http';
import { messageApi } from '@escala/model';

createServer((request, response) => {
  if (request.url !== messageApi.metrics) response.writeHead(204).end();
}).listen(Number(process.env['PORT']), '127.0.0.1');

process.stdin.on('end', () => process.exit()).resume();
