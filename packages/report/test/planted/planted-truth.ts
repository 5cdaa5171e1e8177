/** What the planted study is made from: a law that the results are then supposed to show. All invented. */
export const plantedTruth = { alpha: 0.03, beta: 0.004, gamma: 900 } as const;

/** Latency of one request alone, µs. */
export const baseLatencyUs = 1400;

/** Capacity of `replicas`, requests/s, by the universal scalability law with the planted parameters. */
export function capacityOf(replicas: number, speed: number): number {
  const { alpha, beta, gamma } = plantedTruth;
  return (speed * gamma * replicas) / (1 + alpha * (replicas - 1) + beta * replicas * (replicas - 1));
}

/** Throughput of a closed loop: the clients limit it at first, the replicas in the end, with a soft knee between. */
export function throughputOf(replicas: number, clients: number, speed: number): number {
  const byClients = clients / (baseLatencyUs / 1e6);
  const byReplicas = capacityOf(replicas, speed);
  return (byClients ** -4 + byReplicas ** -4) ** (-1 / 4);
}
