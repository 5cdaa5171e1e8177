import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { type Environment, version } from '@escala/model';
import type { TargetFacts } from '../targets/contract/target.ts';

/** What a reader must know of the machine to judge the numbers; no names of hosts, users or paths. */
export function describeEnvironment(facts: TargetFacts): Environment {
  return {
    escala: version,
    node: process.versions.node,
    platform: platform(),
    arch: arch(),
    kernel: release(),
    cpuModel: cpus()[0]?.model.trim() ?? 'unknown',
    cpus: availableParallelism(),
    memoryBytes: totalmem(),
    kubernetes: null,
    nodes: null,
    ...facts,
  };
}
