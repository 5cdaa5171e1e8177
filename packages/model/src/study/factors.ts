import { formatDurationUs, formatSizeBytes } from '../sentences/units.ts';
import type { Cell, Experiment, System } from './experiment.ts';

/** What a cell holds that no experiment varies: its name, and settings of the whole study. */
type FixedKey = 'key' | 'thinkDistribution' | 'timeoutUs' | 'maxConnections';
export type FactorKey = Exclude<keyof Cell, FixedKey>;
export type Levels = Partial<Pick<Cell, FactorKey>>;
type Level<Key extends FactorKey> = Exclude<Cell[Key], undefined>;

interface Factor<Key extends FactorKey> {
  readonly levels: (experiment: Experiment) => readonly Level<Key>[];
  /** How names of cells write a level, made to be copied: the same in both languages. */
  readonly name: (level: NonNullable<Level<Key>>) => string;
  /** Names of cells have it also where the experiment has one level. */
  readonly isAlwaysNamed?: true;
  /** The usual level, which a comparison does not name. */
  readonly usual?: Level<Key>;
  /** Its levels are ordered as numbers. */
  readonly isNumber?: true;
  /** A block has one level of it: what its servers are made of. */
  readonly isOfServers?: true;
  /** It means something in an open loop only. */
  readonly isOpenOnly?: true;
  /** It varies along a curve; all others tell curves apart. */
  readonly isAlongCurve?: true;
  /** Only some targets have levels of it, so a cell holds one only where the experiment has several. */
  readonly isOfTarget?: true;
}

/**
 * Every factor, in the order in which cells are named and made: the last one changes first. All that the program knows
 * of a factor is here, but for how a person reads it (`figures/factors.ts` of the report) and for what it does.
 */
const table = {
  system: {
    levels: ({ systems }) => systems.map(({ name }) => name),
    name: String,
    isAlwaysNamed: true,
    isOfServers: true,
  },
  replicas: {
    levels: ({ replicas }) => replicas,
    name: (level) => `r${level}`,
    isAlwaysNamed: true,
    isNumber: true,
    isOfServers: true,
    isAlongCurve: true,
  },
  clients: {
    levels: ({ clients }) => clients,
    name: (level) => `c${level}`,
    isAlwaysNamed: true,
    isNumber: true,
    isAlongCurve: true,
  },
  messages: {
    levels: ({ messages }) => messages,
    name: (level) => `m${level}`,
    isAlwaysNamed: true,
    isNumber: true,
  },
  ratePerSecond: {
    levels: ({ rate }) => rate,
    name: (level) => `rate${level}`,
    isAlwaysNamed: true,
    usual: null,
    isNumber: true,
    isOpenOnly: true,
    isAlongCurve: true,
  },
  arrivals: { levels: ({ arrivals }) => arrivals, name: String, isOpenOnly: true },
  durationUs: {
    levels: ({ durationUs }) => durationUs,
    name: (level) => `for${formatDurationUs(level)}`,
    isNumber: true,
    isOpenOnly: true,
  },
  payloadBytes: {
    levels: ({ payloadBytes }) => payloadBytes,
    name: (level) => `payload${formatSizeBytes(level)}`,
    usual: 0,
    isNumber: true,
  },
  thinkTimeUs: {
    levels: ({ thinkTimeUs }) => thinkTimeUs,
    name: (level) => `think${formatDurationUs(level)}`,
    usual: 0,
    isNumber: true,
  },
  keepAlive: {
    levels: ({ keepAlive }) => keepAlive,
    name: (level) => (level ? 'keepalive' : 'reconnect'),
    usual: true,
  },
  storage: {
    levels: ({ kubernetes }) => kubernetes.storage,
    name: String,
    isOfServers: true,
    isOfTarget: true,
  },
  clientsPerPod: {
    levels: ({ kubernetes }) => kubernetes.clientsPerPod,
    name: (level) => `perpod${level}`,
    isNumber: true,
    isOfTarget: true,
  },
} as const satisfies { readonly [Key in FactorKey]: Factor<Key> };

type KeysWith<Mark> = { [Key in FactorKey]: (typeof table)[Key] extends Mark ? Key : never }[FactorKey];
/** Factors whose levels a block has. */
type ServersKey = KeysWith<{ isOfServers: true }>;
/** Factors that results name a curve by, beside its system and messages; there are results of closed loops only. */
export type CurveKey = Exclude<
  FactorKey,
  'system' | 'messages' | KeysWith<{ isAlongCurve: true }> | KeysWith<{ isOpenOnly: true }>
>;

/** Factors that only some targets can vary. */
export type TargetKey = KeysWith<{ isOfTarget: true }>;

/** For code that takes all factors alike: a level is then of any type. */
interface AnyFactor extends Omit<Factor<FactorKey>, 'name'> {
  readonly name: (level: Level<FactorKey>) => string;
}
export const factors = table as unknown as Readonly<Record<FactorKey, AnyFactor>>;
export const factorKeys = Object.keys(table) as readonly FactorKey[];
export const targetKeys = factorKeys.filter((key) => factors[key].isOfTarget) as readonly TargetKey[];
export const serversKeys = factorKeys.filter((key) => factors[key].isOfServers) as readonly ServersKey[];
export const curveKeys = factorKeys.filter(
  (key) => isHeld(key) && !factors[key].isOpenOnly,
) as readonly CurveKey[];

/** Whether a curve has one level of the factor, which results do not name by itself. */
export function isHeld(key: FactorKey): boolean {
  return key !== 'system' && key !== 'messages' && !factors[key].isAlongCurve;
}

/** Whether an experiment has several levels of a factor. */
export const isVaried = (key: FactorKey, experiment: Experiment) =>
  factors[key].levels(experiment).length > 1;

/** Whether the cells of an experiment have a level of a factor. */
const isInCells = (key: FactorKey, experiment: Experiment) =>
  !factors[key].isOfTarget || isVaried(key, experiment);

/**
 * All combinations of the factors, in the order in which the experiment lists them.
 * @throws Error where two cells would have one name: the levels of a factor need different names.
 */
export function cellsOf(experiment: Experiment): Cell[] {
  const { thinkDistribution, timeoutUs, maxConnections } = experiment;
  const keys = factorKeys.filter((key) => isInCells(key, experiment));
  const cells = combinations(keys, experiment).map((levels) => {
    const cell = { ...levels, thinkDistribution, timeoutUs, maxConnections } as Omit<Cell, 'key'>;
    return { key: levelNames(cell, experiment).join('-'), ...cell };
  });
  if (new Set(cells.map(({ key }) => key)).size < cells.length) throw new Error('two cells have one name');
  return cells;
}

type Servers = Pick<Cell, ServersKey>;

/** All servers that an experiment needs for one number of replicas. */
export function serversOf(experiment: Experiment, replicas: number): Servers[] {
  const keys = serversKeys.filter((key) => isInCells(key, experiment));
  return combinations(keys, { ...experiment, replicas: [replicas] }) as Servers[];
}

/** The servers that a cell runs on. */
export const serversOfCell = (cell: Cell) =>
  pick(cell, (key) => factors[key].isOfServers === true) as Servers;

/** A text that the names of two blocks share where they are the same. */
export const blockKey = (block: Servers & { readonly round: number }) =>
  [block.round, ...serversKeys.flatMap((key) => block[key] ?? [])].join('/');

function combinations(keys: readonly FactorKey[], experiment: Experiment): Levels[] {
  return keys.reduce<Levels[]>(
    (all, key) =>
      all.flatMap((levels) => factors[key].levels(experiment).map((level) => ({ ...levels, [key]: level }))),
    [{}],
  );
}

/** The parts of a cell's name but for those of some factors: `node`, `r2`, `c10`, `m100`, `payload4KiB`. */
export function levelNames(
  cell: Omit<Cell, 'key'>,
  experiment: Experiment,
  but: readonly FactorKey[] = [],
): string[] {
  return factorKeys
    .filter((key) => !but.includes(key) && (factors[key].isAlwaysNamed || isVaried(key, experiment)))
    .flatMap((key) => nameOf(key, cell[key]));
}

export function nameOf(key: FactorKey, level: Cell[FactorKey]): string[] {
  return level === undefined || level === null ? [] : [factors[key].name(level)];
}

/** The levels of a cell that are picked, of those that it has. */
export function pick(cell: Cell, isPicked: (key: FactorKey) => boolean): Levels {
  const keys = factorKeys.filter((key) => cell[key] !== undefined && isPicked(key));
  return Object.fromEntries(keys.map((key) => [key, cell[key]]));
}

type ClosedKey = 'clients' | 'messages' | 'thinkTimeUs' | 'thinkDistribution';
type OpenKey = 'arrivals' | 'durationUs' | 'maxConnections';

/** A closed loop sends its next message when the one before was answered, an open one when its schedule says so. */
type Load =
  | ({ readonly kind: 'closed' } & Pick<Cell, ClosedKey>)
  | ({ readonly kind: 'open'; readonly ratePerSecond: number } & Pick<Cell, OpenKey>);

/** The load of a cell. */
export function loadOf(cell: Pick<Cell, ClosedKey | OpenKey | 'ratePerSecond'>): Load {
  const { ratePerSecond } = cell;
  if (ratePerSecond === null) {
    const { clients, messages, thinkTimeUs, thinkDistribution } = cell;
    return { kind: 'closed', clients, messages, thinkTimeUs, thinkDistribution };
  }
  const { arrivals, durationUs, maxConnections } = cell;
  return { kind: 'open', ratePerSecond, arrivals, durationUs, maxConnections };
}

export const isOpen = ({ ratePerSecond }: Pick<Cell, 'ratePerSecond'>) => ratePerSecond !== null;

/** Offered requests/s in an open loop, else clients. */
export const loadLevel = ({ ratePerSecond, clients }: Pick<Cell, 'ratePerSecond' | 'clients'>) =>
  ratePerSecond ?? clients;

/** Keys that say where a system comes from. A command and an image are one system on two targets. */
export const systemSources = ['command', 'image', 'deployed', 'manifests', 'url'] as const;

/** Whether a system is the server of this project of that name, in the language of that name. */
export const isOwnServer = (system: System) => systemSources.every((key) => system[key] === undefined);

/** Whether Escala starts the servers of a system, and ends them. */
export const isStarted = ({ url }: Pick<System, 'url'>) => url === undefined;

/** Whether others wrote its workload on a cluster: of that only the replicas are set. */
export const isForeign = ({ deployed, manifests }: Pick<System, 'deployed' | 'manifests'>) =>
  deployed !== undefined || manifests !== undefined;
