import {
  didYouMean,
  type Experiment,
  fillEach,
  nearestOf,
  ownSystems,
  type Sentence,
  type System,
} from '@escala/model';
import type { Path } from './place.ts';
import { words } from './words.ts';

/** What no single key can show to be wrong. */
export function contradictions(experiment: Experiment): { path: Path; says: Sentence }[] {
  const { systems, rate, clients, messages, faults, kubernetes } = experiment;
  const found: { path: Path; says: Sentence }[] = [];
  for (const [i, system] of systems.entries()) {
    if (!isRunnable(system)) found.push({ path: ['systems', i], says: unknownSystem(system.name) });
    if (system.port !== undefined && system.image === undefined)
      found.push({ path: ['systems', i], says: words.portNeedsImage });
    // A path is asked with GET, and only POST /messages writes rows: every answer would count as lost.
    if (system.path !== undefined && system.ledger === 'api') {
      found.push({ path: ['systems', i], says: words.pathKeepsNoLedger });
    }
  }
  if (new Set(systems.map(({ name }) => name)).size < systems.length) {
    found.push({ path: ['systems'], says: words.sameSystems });
  }
  if (rate[0] !== null && (clients.length > 1 || messages.length > 1)) {
    found.push({ path: ['rate'], says: words.openLoop });
  }
  for (const [i, { kind, replicas }] of faults.entries()) {
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

function isRunnable({ name, command, image }: System): boolean {
  return command !== undefined || image !== undefined || ownSystems.some((own) => own === name);
}

function unknownSystem(name: string): Sentence {
  const nearest = nearestOf(name, ownSystems);
  return fillEach(words.unknownSystem, {
    name,
    known: ownSystems.join(', '),
    nearest: didYouMean(nearest && `"${nearest}"`),
  });
}
