import { readFileSync } from 'node:fs';

/** What this machine allows the client; null where it is not told, as only Linux has these files. */
export interface SystemLimits {
  /** Ports that connections to one address may use. */
  readonly ports: number | null;
  /** Files and sockets that this process may have open. */
  readonly files: number | null;
}

export function readSystemLimits(): SystemLimits {
  const range = /^(\d+)\s+(\d+)/.exec(read('/proc/sys/net/ipv4/ip_local_port_range'));
  const files = /^Max open files\s+(\d+)/m.exec(read('/proc/self/limits'))?.[1];
  return {
    ports: range ? Number(range[2]) - Number(range[1]) + 1 : null,
    files: files === undefined ? null : Number(files),
  };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
