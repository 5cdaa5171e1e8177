import { type Experiment, type HeldSecrets, readSecret, readTls, type System } from '@escala/model';

/** What is sent with each request of a system, each secret read anew: a file may get a new token while the study runs. */
export function sentBy(
  { headers = [], tls }: Pick<System, 'headers' | 'tls'> = {},
  environment: NodeJS.ProcessEnv,
): HeldSecrets[string] {
  const fields = headers.map(({ name, value, prefix = '', ...place }) =>
    value === undefined ? `${name}: ${prefix}${readSecret(place, environment)}` : `${name}: ${value}`,
  );
  return { headers: fields, ...(tls && { tls: readTls(tls) }) };
}

/** Whether requests to a system carry what could be secret. */
export const isHeld = ({ headers, tls }: System) => headers !== undefined || tls !== undefined;

/** Of all systems of a study, what agents hold that are not to find it in a plan. */
export function heldSecrets(
  { systems }: Pick<Experiment, 'systems'>,
  environment: NodeJS.ProcessEnv,
): HeldSecrets {
  const held = systems.filter(isHeld).map((system) => [system.name, sentBy(system, environment)] as const);
  return Object.fromEntries(held);
}

/** The values that must not be written. */
export function secretsOf(
  { headers = [] }: Pick<System, 'headers'>,
  environment: NodeJS.ProcessEnv,
): string[] {
  return headers.flatMap((header) => (header.value === undefined ? readSecret(header, environment) : []));
}
