import { once } from 'node:events';
import { type BigIntStats, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Holds a file or folder for this process until `release`, or until the process ends, however it ends. Node has no
 * flock and pid files lie, but the kernel frees a socket's name with its process. The name comes from device and
 * inode, so that two paths to one file are one. It holds between the processes of one machine (or pod).
 * Returns undefined where another process holds it.
 */
export async function holdExclusively(
  what: string,
  { dev, ino }: Pick<BigIntStats, 'dev' | 'ino'>,
): Promise<{ release: () => void } | undefined> {
  const name = socketName(`escala-${what}-${dev}-${ino}`);
  await removeIfStale(name);
  const holder = createServer((socket) => socket.destroy());
  holder.listen(name);
  try {
    await once(holder, 'listening');
  } catch {
    return undefined;
  }
  holder.unref();
  return { release: () => holder.close() };
}

/** Only Linux has names that are no files. Elsewhere a crash leaves a file behind. */
function socketName(name: string): string {
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
}

/** A socket file without a listener belongs to a process that crashed. */
async function removeIfStale(name: string): Promise<void> {
  if (name.startsWith('\0')) return;
  const probe = connect(name);
  try {
    await once(probe, 'connect');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ECONNREFUSED') rmSync(name, { force: true });
  } finally {
    probe.destroy();
  }
}
