// npm run bench -- server [--rounds 3] [--seconds 5] [--connections 100,256] [--only throughput|service|latency|memory]
// Each server alone on core 0, wrk on core 1, in turn, round after round; the medians' ratios are printed for each number
// of connections. What is no throughput takes the first number, memory the last.
// It needs wrk, nginx and taskset; Python and Go for the references. `memory` is only measured where it is
// asked for: it sends 10 million requests, some four minutes on a quiet machine.
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { latency, throughput } from './load.ts';
import { type SystemName, startNode, systems } from './systems.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '100,256' },
    only: { type: 'string' },
  },
});
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
const connectionCounts = values.connections.split(',').map(Number);
const [connections = 100] = connectionCounts;
const manyConnections = connectionCounts.at(-1) ?? connections;

const goals: readonly [SystemName, SystemName, string][] = [
  ['node, durable', 'nginx, access log', '≥ 0.4, aim at 0.5'],
  ['node, durable', 'node, async', '≥ 0.85'],
  ['node, durable', 'python, async', '≥ 12'],
  ['node, durable', 'go, durable', 'printed'],
  ['node, async', 'go, async', 'printed'],
];

async function measureThroughput(connections: number): Promise<Map<SystemName, number>> {
  const samples = new Map<SystemName, number[]>();
  for (let round = 0; round < rounds; round++) {
    for (const name of Object.keys(systems) as SystemName[]) {
      try {
        await using server = await systems[name]();
        const measured = await throughput(server.url, { connections, seconds });
        samples.set(name, [...(samples.get(name) ?? []), measured]);
      } catch (error) {
        console.log(`${name}: left out (${(error as Error).message.split('\n')[0]})`);
      }
    }
  }
  return new Map([...samples].map(([name, values]) => [name, median(values)]));
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/**
 * Resident memory of our server in its first and in its tenth million of requests, in KiB. It goes up and down with the
 * collections of garbage, so each million counts with the highest of its samples, one a second. The load stays on its
 * connections for long: what new connections take once is not what requests leave behind.
 */
async function measureMemory(): Promise<void> {
  await using server = await startNode({});
  const resident = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))?.[1]);
  const sent = () => metric(server.url, 'escala_requests_total{status="201"}');
  const highest: number[] = [];
  let million = 0;
  const sampling = setInterval(() => {
    highest[million] = Math.max(highest[million] ?? 0, resident());
  }, 1_000);
  for (; million < 10; million = Math.floor((await sent()) / 1e6)) {
    await throughput(server.url, { connections: manyConnections, seconds: 20 });
  }
  clearInterval(sampling);
  const [first = Number.NaN] = highest;
  const last = highest.at(-1) ?? Number.NaN;
  console.log(
    `highest memory while some million of requests were sent: ${highest.filter(Boolean).join(', ')} KiB`,
  );
  console.log(`memory after 10 M / after 1 M requests: ${(last / first).toFixed(2)} (≤ 1.1)`);
}

/** Simulated services of 1 ms on real time: what the clients get is 1,000/s per server. */
async function measureService(): Promise<void> {
  for (const parallelism of [1, 4]) {
    const environment = { SERVICE_TIME: '1ms', SERVICE_PARALLELISM: String(parallelism) };
    await using server = await startNode(environment);
    const measured = await throughput(server.url, { connections, seconds });
    console.log(
      `1 ms × ${parallelism}: ${measured.toFixed(0)}/s = ${(measured / parallelism / 1_000).toFixed(3)} of its capacity (within 2 %)`,
    );
  }
}

/**
 * Latency at `rate`, and whose its worst is. What lies between the intended and the actual send is the generator's; from
 * then on a request waits at most for the flight that is under way and for its own, so what the longest has beyond two
 * of the longest flights is not the disk's.
 */
async function measureLatency(rate: number): Promise<void> {
  for (const durability of ['sync', 'async']) {
    await using server = await startNode({ DURABILITY: durability });
    await throughput(server.url, { connections, seconds: 1 });
    const { latencyUs, serviceTimeUs, sendLagUs } = await latency(server.url, { rate, seconds });
    const flightMaxUs = (await metric(server.url, 'escala_ledger_flight_max_seconds')) * 1e6;
    const notTheDisksUs = Math.max(0, serviceTimeUs.max - 2 * flightMaxUs);
    console.log(
      `${durability} at ${rate}/s, ${connections} connections: p99 ${ms(latencyUs.p99)} from the intended send, whose lag had p99 ${ms(sendLagUs.p99)}; ` +
        `${ms(serviceTimeUs.p99)} from the actual one, longest ${ms(serviceTimeUs.max)}, longest flight ${ms(flightMaxUs)}: ` +
        `at most ${ms(notTheDisksUs)} not the disk's (≤ 50)`,
    );
  }
}

const ms = (us: number) => `${(us / 1_000).toFixed(1)} ms`;

async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((line) => line.startsWith(`${name} `));
  return Number(line?.slice(name.length));
}

async function measureSystems(connections: number): Promise<Map<SystemName, number>> {
  const medians = await measureThroughput(connections);
  console.log(`${connections} connections:`);
  for (const [name, rate] of medians) {
    console.log(`${name.padEnd(20)} ${rate.toFixed(0).padStart(8)} requests/s`);
  }
  for (const [a, b, goal] of goals) {
    const ratio = (medians.get(a) ?? Number.NaN) / (medians.get(b) ?? Number.NaN);
    if (!Number.isNaN(ratio)) console.log(`${a} / ${b}: ${ratio.toFixed(2)} (${goal})`);
  }
  return medians;
}

/** 80 % of what the server can, as far as the generator on the other core can give it. */
function latencyRate(capacity: number): number {
  // It gives some 25,000/s; above that its own queue would be measured.
  const generatorRate = 25_000;
  return Math.floor(0.8 * Math.min(capacity, generatorRate));
}

console.log(
  `load of this machine before: ${loadavg()
    .map((value) => value.toFixed(2))
    .join(' ')}`,
);
const parts = ['throughput', 'service', 'latency', 'memory'];
if (values.only !== undefined && !parts.includes(values.only)) {
  throw new Error(`--only takes ${parts.join(', ')}`);
}
const wanted = (part: string) => (values.only === undefined ? part !== 'memory' : values.only === part);
const medians: Map<SystemName, number>[] = [];
if (wanted('throughput')) for (const count of connectionCounts) medians.push(await measureSystems(count));
if (wanted('service')) await measureService();
if (wanted('latency')) {
  const capacity = medians[0]?.get('node, durable') ?? Number.POSITIVE_INFINITY;
  await measureLatency(latencyRate(capacity)).catch((error: Error) => {
    console.log(`latency: left out (${error.message.split('\n')[0]})`);
  });
}
if (wanted('memory')) await measureMemory();
