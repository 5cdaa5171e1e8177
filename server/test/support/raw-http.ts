import { connect } from 'node:net';

/** A POST of `body` as bytes on the wire. */
export const rawPost = (body: string, headers = ''): string =>
  `POST /messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${headers}` +
  `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/**
 * Writes the pieces one after the other, each in its own turn, and gives all that comes back. Our side is closed as soon
 * as all is written or, with `until`, when what came back matches it.
 */
export function exchange(
  port: number,
  pieces: readonly (string | Buffer)[],
  until?: RegExp,
): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    socket.on('data', (chunk) => {
      text += chunk;
      if (until?.test(text)) socket.end();
    });
    const done = () => {
      socket.destroy();
      resolve(text);
    };
    socket.on('end', done).on('error', done);
    socket.on('connect', async () => {
      for (const piece of pieces) {
        if (socket.writable) socket.write(piece);
        await new Promise((next) => setImmediate(next));
      }
      if (!until) socket.end();
    });
  });
}
