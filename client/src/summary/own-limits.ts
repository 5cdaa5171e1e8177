import { type AgentHealth, latenessLimits, type Sentence, sentences, systemText } from '@escala/model';

const words = sentences.client.ownLimits;

/** A sign that the load was limited by the client and not by the server. */
export interface OwnLimit {
  readonly sign: keyof typeof signs;
  readonly value: number;
  /** What `value` may be at most; for what the machine ran out of, how many there are, null where it is not told. */
  readonly limit: number | null;
}

/** Connections that ended hold their ports for a minute. Above this share of all ports they are close to running out. */
const TIME_WAIT_SHARE = 0.5;

/** The signs, each with the value above which it speaks (where that is the same everywhere), and what to do. */
export const signs = {
  cpuShare: { limit: 0.8, says: words.cpuShare.says },
  eventLoopDelayUsP99: { says: words.eventLoopDelayUsP99.says },
  gcPauseUsMax: { limit: 50_000, says: words.gcPauseUsMax.says },
  sendLagUsP99: { says: words.sendLagUsP99.says },
  rowsDelayed: { limit: 0, says: words.rowsDelayed.says },
  timeWait: { says: words.timeWait.says },
  ports: { limit: 0, says: words.ports.says },
  files: { limit: 0, says: words.files.says },
} as const satisfies Record<string, { readonly limit?: number; readonly says: Sentence }>;

/** Every sign that is above its limit; none when the client was not the limit. `latencyUs` is the latency in question. */
export function ownLimits(
  health: AgentHealth,
  causes: Readonly<Record<string, number>>,
  { system, latencyUs }: { system: SystemLimits; latencyUs: number },
): OwnLimit[] {
  const late = latenessLimits(latencyUs);
  const found: OwnLimit[] = [];
  const check = (sign: keyof typeof signs, value: number, limit: number, named: number | null = limit) => {
    if (value > limit) found.push({ sign, value, limit: named });
  };
  check('cpuShare', health.cpuShare, signs.cpuShare.limit);
  check('eventLoopDelayUsP99', health.eventLoopDelayUsP99, late.eventLoopDelayUsP99);
  check('gcPauseUsMax', health.gcPauseUsMax, signs.gcPauseUsMax.limit);
  check('sendLagUsP99', health.sendLagUsP99 ?? 0, late.sendLagUsP99);
  check('rowsDelayed', health.rowsDelayed ? 1 : 0, signs.rowsDelayed.limit);
  const ports = system.ports ?? Number.POSITIVE_INFINITY;
  check('timeWait', health.timeWaitSockets ?? 0, TIME_WAIT_SHARE * ports, system.ports);
  check('ports', causes['EADDRNOTAVAIL'] ?? 0, signs.ports.limit, system.ports);
  check('files', (causes['EMFILE'] ?? 0) + (causes['ENFILE'] ?? 0), signs.files.limit, system.files);
  return found;
}

/** What this machine allows the client; null where it is not told, as only Linux has these files. */
interface SystemLimits {
  /** Ports that connections to one address may use. */
  readonly ports: number | null;
  /** Files and sockets that this process may have open. */
  readonly files: number | null;
}

export function readSystemLimits(): SystemLimits {
  const range = /^(\d+)\s+(\d+)/.exec(systemText('/proc/sys/net/ipv4/ip_local_port_range') ?? '');
  const files = /^Max open files\s+(\d+)/m.exec(systemText('/proc/self/limits') ?? '')?.[1];
  return {
    ports: range ? Number(range[2]) - Number(range[1]) + 1 : null,
    files: files === undefined ? null : Number(files),
  };
}
