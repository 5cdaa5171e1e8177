import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

const acceptKey = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const BINARY = 2;
const CLOSE = 8;

/** A pod's port as the API server gives it: a websocket whose channel 0 carries a TCP connection to `port` here. */
export function forwardPlanted(request: IncomingMessage, socket: Duplex, port: number): void {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key']}${acceptKey}`)
    .digest('base64');
  const lines = ['HTTP/1.1 101 Switching Protocols', 'upgrade: websocket', 'connection: upgrade'];
  lines.push(`sec-websocket-accept: ${accept}`, 'sec-websocket-protocol: v4.channel.k8s.io', '', '');
  socket.write(lines.join('\r\n'));
  // The first message on each channel is the port's number.
  const number = [port & 255, port >> 8];
  for (const channel of [0, 1]) socket.write(frame(Buffer.from([channel, ...number])));
  const pod = connect(port, '127.0.0.1');
  // Channel 1 tells what the node could not do.
  pod.on('error', () => socket.write(frame(Buffer.from('\u0001planted: nothing on this port'))));
  pod.on('close', () => socket.destroy());
  socket.on('error', () => pod.destroy()).on('close', () => pod.destroy());
  pod.on('data', (bytes: Buffer) => socket.write(frame(Buffer.concat([Buffer.from([0]), bytes]))));
  let rest = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    for (let found = unframe(rest); found !== undefined; found = unframe(rest)) {
      rest = rest.subarray(found.length);
      if (found.kind === CLOSE) socket.end();
      else if (found.payload[0] === 0) pod.write(found.payload.subarray(1));
    }
  });
}

function frame(payload: Buffer): Buffer {
  const head = Buffer.alloc(10);
  head[0] = 0x80 | BINARY;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(payload.length), 2);
  return Buffer.concat([head, payload]);
}

/** A client's whole frame at the start of `bytes`; undefined where it is not all there. */
function unframe(bytes: Buffer): { kind: number; payload: Buffer; length: number } | undefined {
  if (bytes.length < 6) return undefined;
  const [first = 0, second = 0] = bytes;
  const short = second & 127;
  const extra = short === 127 ? 8 : short === 126 ? 2 : 0;
  if (bytes.length < 6 + extra) return undefined;
  const size = extra === 8 ? Number(bytes.readBigUInt64BE(2)) : extra === 2 ? bytes.readUInt16BE(2) : short;
  const start = 6 + extra;
  if (bytes.length < start + size) return undefined;
  const mask = bytes.subarray(2 + extra, start);
  const payload = Buffer.from(bytes.subarray(start, start + size)).map(
    (byte, at) => byte ^ (mask[at % 4] ?? 0),
  );
  return { kind: first & 15, payload: Buffer.from(payload), length: start + size };
}
