import { appendFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { headerLine, ledgerColumns, rowLine } from '@escala/model';

/** Each is a deliberate fault, and the check that must catch it. */
export const wrongServers = {
  'answers before it writes': 'has the row in the ledger before it answers',
  'loses a row': 'loses no acknowledged row',
  'doubles a row': 'doubles no row',
  'breaks the CSV': 'writes any text as CSV that reads back, and never as a formula',
  'serves all at once': 'serves first come, first served, never more at once than its parallelism',
} as const;
export type Fault = keyof typeof wrongServers;

/** A tiny server of the message API that is wrong on purpose, in one way. */
export function createWrongServer(fault: Fault, dataFolder: string, replica = 'wrong'): Server {
  const ledger = join(dataFolder, `ledger-${replica}.csv`);
  writeFileSync(ledger, headerLine(ledgerColumns));
  let [sequence, received] = [0, 0];

  function write(id: string, message: Record<string, string | number>) {
    received++;
    if (fault === 'loses a row' && received % 25 === 0) return;
    const cells = [message['run'], message['cell'], message['client'], message['message']];
    const rest = [replica, Date.now() * 1_000, 0, 5_000, 'POST', '/messages', 201];
    const line = rowLine(ledgerColumns, [++sequence, id, ...cells, ...rest]);
    const broken = fault === 'breaks the CSV' ? line.replaceAll('"', '') : line;
    appendFileSync(ledger, broken);
    if (fault === 'doubles a row' && received % 20 === 0) write(id, message);
  }

  const late: NodeJS.Timeout[] = [];
  const server = createServer(async (request, response) => {
    const id = String(request.headers['x-request-id']);
    let body: Record<string, string | number>;
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      body = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    } catch {
      response.writeHead(400).end();
      return;
    }
    if (fault === 'answers before it writes') late.push(setTimeout(() => write(id, body), 30));
    else write(id, body);
    response.writeHead(201).end(JSON.stringify({ replica, requestId: id, serviceUs: 5_000 }));
  });
  // What it had not written when it was closed is lost, as it would be in a crash.
  server.on('close', () => late.forEach(clearTimeout));
  return server;
}
