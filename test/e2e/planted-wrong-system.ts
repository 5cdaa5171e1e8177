// A system under study that is wrong on purpose, in the way that its argument names: see test/conformance/wrong-server.ts.
import { createServer } from 'node:http';
import { inFlightMetric } from '@escala/model';
import { createWrongServer, type Fault } from '../conformance/wrong-server.ts';

const { PORT, DATA_DIR = '.', REPLICA } = process.env;
const wrong = createWrongServer(process.argv[2] as Fault, DATA_DIR, REPLICA);

createServer((request, response) => {
  // The lab asks whether it is ready, and whether anything is in flight.
  if (request.method === 'GET') response.end(`${inFlightMetric} 0\n`);
  else wrong.emit('request', request, response);
}).listen(Number(PORT), '127.0.0.1');

process.stdin.on('end', () => process.exit()).resume();
