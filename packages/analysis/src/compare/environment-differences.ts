import { describeBytes, type MeasuredSystem, type Results } from '@escala/model';

/** What of machine or program differs between two sides, as each says it; null where a side does not say it. */
export interface EnvironmentDifference {
  readonly what: EnvironmentProperty;
  readonly a: string | null;
  readonly b: string | null;
}

/** A run, and which of its systems is compared. */
type Side = Pick<Results, 'environment'> & { readonly system: string };

/** Enough to name a commit, as git shows it. */
const COMMIT_CHARACTERS = 12;

const programOf = ({ environment, system }: Side): Partial<MeasuredSystem> =>
  environment.systems?.find(({ name }) => name === system) ?? {};

const properties = {
  escala: ({ environment }) => environment.escala,
  node: ({ environment }) => environment.node,
  kernel: ({ environment: { platform, kernel, arch } }) => `${platform} ${kernel} ${arch}`,
  cpuModel: ({ environment }) => environment.cpuModel,
  cpus: ({ environment }) => environment.cpus,
  memory: ({ environment }) => describeBytes(environment.memoryBytes).en,
  kubernetes: ({ environment }) => environment.kubernetes,
  nodes: ({ environment }) => environment.nodes,
  cpuLimit: ({ environment }) => environment.limits?.cpus,
  memoryLimit: ({ environment }) => environment.limits?.memoryBytes,
  governor: ({ environment }) => environment.limits?.governor,
  runtime: (side) => programOf(side).runtime,
  // As `git describe --dirty` writes it.
  commit: (side) => {
    const { commit, isDirty } = programOf(side);
    return commit && `${commit.slice(0, COMMIT_CHARACTERS)}${isDirty ? '-dirty' : ''}`;
  },
  digest: (side) => programOf(side).digest,
} as const satisfies Record<string, (side: Side) => string | number | null | undefined>;

type EnvironmentProperty = keyof typeof properties;

/** Two runs that ran on other machines, or with other versions, differ by more than their systems. */
export function environmentDifferences(a: Side, b: Side): EnvironmentDifference[] {
  const said = (value: string | number | null | undefined) => value?.toString() ?? null;
  return Object.entries(properties).flatMap(([what, of]) => {
    const values = { a: said(of(a)), b: said(of(b)) };
    return values.a === values.b ? [] : [{ what: what as EnvironmentProperty, ...values }];
  });
}
