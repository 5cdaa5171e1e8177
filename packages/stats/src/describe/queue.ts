/**
 * Mean response time of an M/D/1 queue, in the unit of `serviceTime`: Poisson arrivals that keep its server busy for the
 * share `utilisation` of the time, each served for exactly `serviceTime`, first come, first served. It is the formula of
 * Pollaczek (1930) and Khinchin (1932) for a service that does not vary, S + ρS / (2(1 − ρ)). Null from ρ = 1 on: the
 * queue grows as long as it is watched, and has no mean.
 */
export function meanResponseMD1(serviceTime: number, utilisation: number): number | null {
  return utilisation >= 1 ? null : serviceTime * (1 + utilisation / (2 * (1 - utilisation)));
}
