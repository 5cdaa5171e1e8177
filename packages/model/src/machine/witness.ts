import { machineId, type Processors, readProcessors } from './processors.ts';

/** What a server or an agent says of itself and of its machine at `/metrics`: the lab asks it around each trial. */
export interface Witness {
  /** Processor time that it has used. */
  readonly cpuUs: number;
  /** Undefined where it does not see its machine. */
  readonly machine?: Processors & { readonly id: string };
}

const names = {
  cpu: 'process_cpu_seconds_total',
  cores: 'escala_machine_processors',
  busy: 'escala_machine_busy_seconds_total',
  stolen: 'escala_machine_stolen_seconds_total',
  pressure: 'escala_machine_pressure_seconds_total',
  id: 'escala_machine_info',
} as const;

/** This process as a witness, in the text format of Prometheus. */
export function witnessText(): string {
  const { user, system } = process.cpuUsage();
  const id = process.platform === 'linux' ? machineId() : undefined;
  const own = line('counter', names.cpu, (user + system) / 1e6);
  if (id === undefined) return own;
  const { cores, busyUs, stolenUs, pressureUs } = readProcessors('all');
  return [
    own,
    line('gauge', names.cores, cores),
    line('counter', names.busy, busyUs / 1e6),
    ...(stolenUs === null ? [] : [line('counter', names.stolen, stolenUs / 1e6)]),
    ...(pressureUs === null ? [] : [line('counter', names.pressure, pressureUs / 1e6)]),
    line('gauge', names.id, 1, `{boot_id="${id}"}`),
  ].join('');
}

const line = (type: string, name: string, value: number, labels = '') =>
  `# TYPE ${name} ${type}\n${name}${labels} ${value}\n`;

/** The witness in the text of `/metrics`; undefined where it says nothing of itself. */
export function witnessIn(text: string): Witness | undefined {
  const read = (name: string) => {
    const value = Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? Number.NaN);
    return Number.isFinite(value) ? value : null;
  };
  const us = (name: string) => {
    const seconds = read(name);
    return seconds === null ? null : Math.round(seconds * 1e6);
  };
  const [cpuUs, cores, busyUs] = [us(names.cpu), read(names.cores), us(names.busy)];
  if (cpuUs === null) return undefined;
  const id = new RegExp(`^${names.id}\\{boot_id="([^"]+)"\\} 1$`, 'm').exec(text)?.[1];
  if (cores === null || busyUs === null || id === undefined) return { cpuUs };
  return {
    cpuUs,
    machine: { id, cores, busyUs, stolenUs: us(names.stolen), pressureUs: us(names.pressure) },
  };
}
