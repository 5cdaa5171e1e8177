// npm run bench -- server [--rounds 3] [--seconds 5] [--connections 100] [--memory]
// Each server alone on core 0, wrk on core 1, in turn, round after round; the medians' ratios are printed.
// It needs wrk, nginx and taskset; Python and Go as the conformance test builds them. --memory sends 10 million requests.
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { latency, throughput } from './load.ts';
import { type SystemName, startNode, systems } from './systems.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '100' },
    memory: { type: 'boolean', default: false },
  },
});
const [rounds, seconds, connections] = [values.rounds, values.seconds, values.connections].map(Number) as [
  number,
  number,
  number,
];

const goals: readonly [SystemName, SystemName, string][] = [
  ['node, durable', 'nginx, access log', '≥ 0.4, aim at 0.5'],
  ['node, durable', 'node, async', '≥ 0.85'],
  ['node, durable', 'python, async', '≥ 12'],
  ['node, durable', 'go, durable', 'printed'],
  ['node, async', 'go, async', 'printed'],
];

async function measureThroughput(): Promise<Map<SystemName, number>> {
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

/** Resident memory of our server after 1 and after 10 million requests, in bytes. */
async function measureMemory(): Promise<void> {
  await using server = await startNode({});
  const resident = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))?.[1]);
  const sent = async () =>
    Number(
      /escala_requests_total\{status="201"\} (\d+)/.exec(
        await (await fetch(`${server.url}/metrics`)).text(),
      )?.[1] ?? 0,
    );
  const until = async (count: number) => {
    while ((await sent()) < count) await throughput(server.url, { connections, seconds: 2 });
    return resident();
  };
  const early = await until(1e6);
  const late = await until(1e7);
  console.log(
    `memory after 10 M / after 1 M requests: ${late} / ${early} KiB = ${(late / early).toFixed(2)} (≤ 1.1)`,
  );
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

async function measureLatency(capacity: number): Promise<void> {
  await using server = await startNode({});
  const { p99, max } = await latency(server.url, { rate: Math.floor(capacity * 0.8), seconds });
  console.log(`at 80 % of capacity, 100 connections: p99 ${p99} µs, max ${max} µs (no stall above 50 ms)`);
}

console.log(
  `load of this machine before: ${loadavg()
    .map((value) => value.toFixed(2))
    .join(' ')}`,
);
const medians = await measureThroughput();
for (const [name, rate] of medians)
  console.log(`${name.padEnd(20)} ${rate.toFixed(0).padStart(8)} requests/s`);
for (const [a, b, goal] of goals) {
  const ratio = (medians.get(a) ?? Number.NaN) / (medians.get(b) ?? Number.NaN);
  if (!Number.isNaN(ratio)) console.log(`${a} / ${b}: ${ratio.toFixed(2)} (${goal})`);
}
await measureService();
// The generator on the other core gives some 25,000/s; above that its own queue would be measured.
await measureLatency(Math.min(medians.get('node, durable') ?? 0, 25_000)).catch((error: Error) => {
  console.log(`latency: left out (${error.message.split('\n')[0]})`);
});
if (values.memory) await measureMemory();
