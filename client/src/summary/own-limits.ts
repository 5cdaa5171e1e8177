import type { AgentHealth, Sentence } from '@escala/model';

/** A sign that the load was limited by the client and not by the server. `value` is above `limit`, in `unit`. */
export interface OwnLimit {
  readonly sign: keyof typeof signs;
  readonly value: number;
  readonly limit: number;
}

/** The signs, with the limit above which each one speaks, and what to do. */
export const signs = {
  cpuShare: {
    limit: 0.8,
    says: {
      en: 'the client used {value} of a core (limit {limit}); add --workers',
      'pt-BR': 'o cliente usou {value} de um núcleo (limite {limit}); aumente --workers',
    },
  },
  eventLoopDelayUsP99: {
    limit: 10_000,
    says: {
      en: 'its event loop was late by {value} µs at p99 (limit {limit})',
      'pt-BR': 'seu laço de eventos atrasou {value} µs no p99 (limite {limit})',
    },
  },
  gcPauseUsMax: {
    limit: 50_000,
    says: {
      en: 'garbage collection paused it for {value} µs (limit {limit})',
      'pt-BR': 'a coleta de lixo o parou por {value} µs (limite {limit})',
    },
  },
  sendLagUsP99: {
    limit: 1_000,
    says: {
      en: 'requests went {value} µs late at p99 (limit {limit})',
      'pt-BR': 'as requisições saíram {value} µs atrasadas no p99 (limite {limit})',
    },
  },
  rowsDelayed: {
    limit: 0,
    says: {
      en: 'the disk could not keep up with the rows: SUSPECT',
      'pt-BR': 'o disco não acompanhou as linhas: SUSPECT',
    },
  },
  ports: {
    limit: 0,
    says: {
      en: '{value} requests found no free port; widen net.ipv4.ip_local_port_range',
      'pt-BR': '{value} requisições sem porta livre; amplie net.ipv4.ip_local_port_range',
    },
  },
  files: {
    limit: 0,
    says: {
      en: '{value} requests found no free file descriptor; raise "ulimit -n"',
      'pt-BR': '{value} requisições sem descritor de arquivo livre; aumente "ulimit -n"',
    },
  },
} as const satisfies Record<string, { readonly limit: number; readonly says: Sentence }>;

/** Every sign that is above its limit; none when the client was not the limit. */
export function ownLimits(health: AgentHealth, causes: Readonly<Record<string, number>>): OwnLimit[] {
  const values: Record<keyof typeof signs, number> = {
    cpuShare: health.cpuShare,
    eventLoopDelayUsP99: health.eventLoopDelayUsP99,
    gcPauseUsMax: health.gcPauseUsMax,
    sendLagUsP99: health.sendLagUsP99 ?? 0,
    rowsDelayed: health.rowsDelayed ? 1 : 0,
    ports: causes['EADDRNOTAVAIL'] ?? 0,
    files: (causes['EMFILE'] ?? 0) + (causes['ENFILE'] ?? 0),
  };
  return (Object.keys(signs) as (keyof typeof signs)[])
    .map((sign) => ({ sign, value: values[sign], limit: signs[sign].limit }))
    .filter(({ value, limit }) => value > limit);
}
