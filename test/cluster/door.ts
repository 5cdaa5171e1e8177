import { writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { environment, kubectl } from './place.ts';

/**
 * A door before the API server: bytes pass as they are, TLS included. Through it a test loses every connection that
 * an orchestrator has (calls, watches, port-forwards) while the cluster itself is well.
 */
export class Door implements AsyncDisposable {
  /** kubectl's configuration that leads through the door. */
  readonly config: string;
  readonly #server: ReturnType<typeof createServer>;
  readonly #open = new Set<Socket>();

  private constructor(server: ReturnType<typeof createServer>, config: string) {
    this.#server = server;
    this.config = config;
    server.on('connection', (socket) => {
      this.#open.add(socket);
      socket.on('close', () => this.#open.delete(socket));
    });
  }

  /** `delayMs` is added on each way to every chunk of bytes. */
  static async open({ delayMs = 0 } = {}): Promise<Door> {
    const view = await kubectl('config view --raw --minify -o json');
    const config = JSON.parse(view) as { clusters: { cluster: { server: string } }[] };
    const [entry] = config.clusters;
    if (!entry) throw new Error('the configuration has no cluster');
    const { hostname, port } = new URL(entry.cluster.server);
    const server = createServer((near) => {
      const far = connect(Number(port), hostname);
      pass(near, far, delayMs);
      pass(far, near, delayMs);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    entry.cluster.server = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const file = `${environment['KUBECONFIG']}-door`;
    await writeFile(file, JSON.stringify(config));
    return new Door(server, file);
  }

  /** Ends every connection; new ones are let through. */
  cut(): void {
    for (const socket of this.#open) socket.destroy();
  }

  /** Ends every connection, and lets no new one through. */
  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.cut();
    await closed;
  }
}

function pass(from: Socket, to: Socket, delayMs: number): void {
  from.on('data', async (bytes) => {
    if (delayMs > 0) await sleep(delayMs);
    to.write(bytes);
  });
  // What is still on its way arrives before the end.
  from.on('end', () => setTimeout(() => to.end(), delayMs));
  for (const end of ['close', 'error']) from.on(end, () => setTimeout(() => to.destroy(), delayMs));
}
