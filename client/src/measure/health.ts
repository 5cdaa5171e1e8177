import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import { type AgentHealth, type Clock, throttledTimeUs } from '@escala/model';
import type { ExactCounts } from './exact-counts.ts';

/** How often the event loop is probed. */
const PROBE_MS = 10;

/** Watches how this thread itself fares while it makes load. */
export class HealthMonitor {
  readonly #clock: Clock;
  readonly #delay = monitorEventLoopDelay({ resolution: PROBE_MS });
  readonly #collections: PerformanceObserver;
  #gcPauseMsMax = 0;
  #startUs = 0;
  #timeWaitStart: number | null = null;
  #throttledStartUs: number | null = null;
  #cpuStart = process.threadCpuUsage();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#collections = new PerformanceObserver((list) => this.#noteCollections(list.getEntries()));
  }

  start(): void {
    this.#startUs = this.#clock.nowUs();
    this.#timeWaitStart = timeWaitSockets();
    this.#throttledStartUs = throttledTimeUs();
    this.#cpuStart = process.threadCpuUsage();
    this.#delay.enable();
    this.#collections.observe({ entryTypes: ['gc'] });
  }

  /**
   * Ends the watch and returns its figures. `sendLag` is empty in a closed loop; `idleUs` of the processor time was only
   * waiting.
   */
  stop(sendLag: ExactCounts, rowsDelayed: boolean, idleUs: number): AgentHealth {
    this.#noteCollections(this.#collections.takeRecords());
    this[Symbol.dispose]();
    const used = process.threadCpuUsage(this.#cpuStart);
    const elapsedUs = Math.max(1, this.#clock.nowUs() - this.#startUs);
    const hasSchedule = sendLag.count > 0;
    const timeWait = timeWaitSockets();
    const throttledUs = throttledTimeUs();
    return {
      cpuShare: Math.max(0, used.user + used.system - idleUs) / elapsedUs,
      eventLoopDelayUsP99: delayUs(this.#delay.percentile(99)),
      eventLoopDelayUsMax: delayUs(this.#delay.max),
      gcPauseUsMax: Math.round(this.#gcPauseMsMax * 1_000),
      sendLagUsP99: sendLag.percentile(0.99),
      sendLagUsMax: hasSchedule ? sendLag.max : null,
      rowsDelayed,
      // Sockets that waited before the load are not the load's.
      timeWaitSockets: timeWait === null ? null : Math.max(0, timeWait - (this.#timeWaitStart ?? 0)),
      throttledUs: throttledUs === null ? null : throttledUs - (this.#throttledStartUs ?? 0),
    };
  }

  /** Ends the watch, also of a load that never came to its end. */
  [Symbol.dispose](): void {
    this.#collections.disconnect();
    this.#delay.disable();
  }

  #noteCollections(entries: readonly { readonly duration: number }[]): void {
    for (const { duration } of entries) this.#gcPauseMsMax = Math.max(this.#gcPauseMsMax, duration);
  }
}

/** The probe counts the time between two of its calls, in ns: its own interval is not a delay. */
function delayUs(nanoseconds: number): number {
  const us = nanoseconds / 1_000 - PROBE_MS * 1_000;
  return Number.isFinite(us) ? Math.max(0, Math.round(us)) : 0;
}

/** Sockets of this network namespace in TIME_WAIT, which hold their ports for a minute; null where it is not told. */
function timeWaitSockets(): number | null {
  try {
    const count = /^TCP:.*\btw (\d+)/m.exec(readFileSync('/proc/net/sockstat', 'utf8'))?.[1];
    return count === undefined ? null : Number(count);
  } catch {
    // Only Linux has this file.
    return null;
  }
}
