import {
  didYouMean,
  type Experiment,
  fillEach,
  isForeign,
  isStarted,
  nearestOf,
  ownSystems,
  type Sentence,
  type System,
  secretFields,
  systemSources,
} from '@escala/model';
import type { Path } from './place.ts';
import { words } from './words.ts';

/** What no single key can show to be wrong. */
export function contradictions(experiment: Experiment): { path: Path; says: Sentence }[] {
  const { systems, rate, clients, messages, faults, kubernetes } = experiment;
  const found: { path: Path; says: Sentence }[] = [];
  for (const [i, system] of systems.entries()) {
    const says = wayProblem(system, experiment);
    if (says) found.push({ path: ['systems', i], says });
    for (const { name, value } of system.headers ?? [])
      if (value !== undefined && secretFields.test(name))
        found.push({ path: ['systems', i], says: fillEach(words.secretInFile, { name }) });
    if (system.port !== undefined && system.image === undefined)
      found.push({ path: ['systems', i], says: words.portNeedsImage });
    // A path is asked with GET, and only POST /messages writes rows: every answer would count as lost.
    if (system.path !== undefined && system.ledger === 'api') {
      found.push({ path: ['systems', i], says: words.pathKeepsNoLedger });
    }
    if (system.requests) found.push(...requestContradictions(system, ['systems', i]));
  }
  if (hasSameNames(systems)) found.push({ path: ['systems'], says: words.sameSystems });
  if (rate[0] !== null && (clients.length > 1 || messages.length > 1)) {
    found.push({ path: ['rate'], says: words.openLoop });
  }
  for (const [i, { kind, replicas }] of faults.entries()) {
    if (!systems.every(isStarted)) found.push({ path: ['faults', i], says: words.faultNeedsServers });
    if (kind === 'roll' && systems.some(isForeign))
      found.push({ path: ['faults', i], says: words.onlyReplicasAreSet });
    if (kind === 'scale' && replicas === null) {
      found.push({ path: ['faults', i], says: words.scaleNeedsReplicas });
    }
  }
  const { images, registry, imagesCommand } = kubernetes;
  const needs = { push: ['registry', registry], command: ['imagesCommand', imagesCommand] } as const;
  const [key, value] = images === 'push' || images === 'command' ? needs[images] : [];
  if (key !== undefined && value === null) {
    found.push({ path: ['kubernetes', 'images'], says: fillEach(words.imagesNeed, { images, key }) });
  }
  return found;
}

/** What is wrong with where a system comes from. */
function wayProblem(system: System, { replicas, asIs }: Experiment): Sentence | undefined {
  const given = systemSources.filter((key) => system[key] !== undefined);
  const isOwn = given.length === 0 && ownSystems.some((own) => own === system.name);
  if (given.length === 0 && !isOwn) return unknownSystem(system.name);
  if (given.length > 1 && given.join() !== 'command,image')
    return fillEach(words.oneWay, { given: given.join(', '), ways: systemSources.join(', ') });
  if (system.scale && system.url === undefined) return words.scaleNeedsUrl;
  if (isForeign(system) && system.ledger === 'api') return words.foreignKeepsNoLedger;
  if (isStarted(system)) return asIs ? words.asIsIsGiven : undefined;
  if (system.ledger === 'api') return words.urlKeepsNoLedger;
  if (system.environment !== undefined) return words.urlIsNotStarted;
  if (system.scale) return asIs ? words.scaledIsNotAsIs : undefined;
  return replicas.length > 1 ? words.urlIsNotScaled : undefined;
}

function requestContradictions({ ledger, path, requests = [] }: System, at: Path) {
  const found: { path: Path; says: Sentence }[] = [];
  if (ledger === 'api') found.push({ path: [...at, 'ledger'], says: words.requestsKeepNoLedger });
  if (path !== undefined) found.push({ path: [...at, 'path'], says: words.pathAndRequests });
  if (hasSameNames(requests)) found.push({ path: [...at, 'requests'], says: words.sameRequests });
  for (const [i, { headers = {} }] of requests.entries())
    for (const name of Object.keys(headers))
      if (secretFields.test(name))
        found.push({ path: [...at, 'requests', i], says: fillEach(words.secretOfRequest, { name }) });
  return found;
}

export const hasSameNames = (all: readonly { readonly name: string }[]) =>
  new Set(all.map(({ name }) => name)).size < all.length;

function unknownSystem(name: string): Sentence {
  const nearest = nearestOf(name, ownSystems);
  return fillEach(words.unknownSystem, {
    name,
    known: ownSystems.join(', '),
    nearest: didYouMean(nearest && `"${nearest}"`),
  });
}
