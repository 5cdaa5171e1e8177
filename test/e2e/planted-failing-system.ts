// A service without a ledger that fails as its argument says.
import { createServer } from 'node:http';

const [kind = ''] = process.argv.slice(2);
let requests = 0;

const server = createServer((request, response) => {
  if (request.url === '/readyz') return response.end('ready');
  if (kind === 'every second 503') return response.writeHead(requests++ % 2 === 0 ? 503 : 200).end();
  if (kind === 'reset') return request.socket.resetAndDestroy();
  if (kind === 'silence') return undefined;
  return response.writeHead(Number(kind), { location: '/elsewhere' }).end();
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
