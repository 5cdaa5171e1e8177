import { availableParallelism } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Experiment, RequestKind, Slo, System } from '@escala/model';
import type { z } from 'zod';
import type { requestsSchema } from './request-schema.ts';
import type { ExperimentFile } from './schema.ts';

/**
 * The file as it is meant, with nothing left to default. Paths in it are taken from `folder`, where it lies;
 * `availableCores` decides what `agents: auto` is.
 */
export function resolveExperiment(
  file: ExperimentFile,
  folder = '.',
  availableCores = availableParallelism(),
): Experiment {
  const {
    rate,
    duration,
    payload,
    thinkTime,
    timeout,
    service,
    commitDelay,
    warmup,
    agents,
    question,
    replicas,
    ...same
  } = file;
  return {
    ...same,
    systems: file.systems.map((system) => resolveSystem(system, folder)),
    ...(replicas === 'as-is' ? { replicas: [1], asIs: true } : { replicas }),
    rate: rate ?? [null],
    durationUs: duration,
    payloadBytes: payload,
    thinkTimeUs: thinkTime,
    timeoutUs: timeout,
    service: { timeUs: service.time, parallelism: service.parallelism, kind: service.kind },
    commitDelayUs: commitDelay,
    warmupMessages: warmup,
    agents: agents === 'auto' ? availableCores : agents,
    slo: file.slo.flatMap(resolveSlo),
    ...(question && { question }),
    faults: file.faults.map(({ at, kind, replicas }) => ({ atUs: at, kind, replicas: replicas ?? null })),
  };
}

function resolveSystem(system: ExperimentFile['systems'][number], folder: string): System {
  if (typeof system === 'string') return { name: system, ledger: 'api' };
  const {
    name,
    command,
    image,
    deployed,
    manifests,
    url,
    port,
    path,
    requests,
    environment,
    headers,
    scale,
    replicaFrom,
    tls,
  } = system;
  const isForeign = Boolean(deployed || manifests || url !== undefined || requests);
  const ledger = system.ledger ?? (isForeign ? 'none' : 'api');
  return {
    name,
    ledger,
    ...(deployed && { deployed }),
    ...(manifests && {
      manifests: {
        folder,
        ...manifests,
        ...(manifests.files && { files: manifests.files.map((path) => beside(folder, path)) }),
      },
    }),
    ...(command && { command }),
    ...(image && { image }),
    ...(url && { url }),
    ...(port !== undefined && { port }),
    ...(path && { path }),
    ...(requests && { requests: resolveRequests(requests) }),
    ...(environment && { environment }),
    ...(tls && { tls: resolveTls(tls, folder) }),
    ...(replicaFrom && { replicaFrom }),
    ...(scale && { scale: resolveScale(scale) }),
    ...(headers && {
      headers: Object.entries(headers).map(([field, value]) => {
        if (typeof value === 'string') return { name: field, value };
        const { prefix, ...place } = value;
        const source = 'file' in place ? { file: beside(folder, place.file) } : place;
        return { name: field, ...source, ...(prefix !== undefined && { prefix }) };
      }),
    }),
  };
}

const beside = (folder: string, path: string) => (isAbsolute(path) ? path : join(folder, path));

type GivenTls = NonNullable<Exclude<ExperimentFile['systems'][number], string>['tls']>;

function resolveTls({ ca, cert, key, ...rest }: GivenTls, folder: string): NonNullable<System['tls']> {
  return {
    ...rest,
    ...(ca && { ca: beside(folder, ca) }),
    ...(cert && { cert: beside(folder, cert) }),
    ...(key && { key: beside(folder, key) }),
  };
}

/** One word with an ending, such as `order.json` or `bodies/order.ndjson`. */
const fileName = /^[\w./-]+\.[A-Za-z]\w*$/;

export function resolveRequests(requests: z.output<typeof requestsSchema>): RequestKind[] {
  return requests.map(({ name, weight, method, path, query, headers, body, values, expect }) => {
    const verb = method ?? (body === undefined ? 'GET' : 'POST');
    const content = typeof body !== 'string' ? body : fileName.test(body) ? { file: body } : { text: body };
    return {
      name: name ?? `${verb} ${path}`,
      weight,
      method: verb,
      path,
      ...(query && { query }),
      ...(headers && { headers }),
      ...(content && { body: content }),
      ...(values && { values }),
      expect,
    };
  });
}

type GivenScale = NonNullable<Exclude<ExperimentFile['systems'][number], string>['scale']>;

function resolveScale({ ready, timeout, ...scale }: GivenScale): NonNullable<System['scale']> {
  return { ...scale, ...(ready !== undefined && { ready }), timeoutUs: timeout };
}

/** `{p95: 50ms, failures: 1%}` are two levels, each judged on its own. */
function resolveSlo(slo: ExperimentFile['slo'][number]): Slo[] {
  const { failures, ...percentiles } = slo;
  const levels: Slo[] = Object.entries(percentiles).flatMap(([name, latencyUs]) =>
    latencyUs === undefined
      ? []
      : [{ percentile: Number(name.slice(1)) / 100, latencyUs, failureShare: null }],
  );
  if (failures !== undefined) levels.push({ percentile: null, latencyUs: null, failureShare: failures });
  return levels;
}
