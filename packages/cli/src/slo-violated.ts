import { isDeepStrictEqual } from 'node:util';
import { EscalaError, type Results, type Slo } from '@escala/model';

/**
 * Where a system is certain to violate a service level in every cell: a single one that meets it, or of which it cannot
 * be told, is an answer for whoever asked how far the system goes.
 * @throws EscalaError SLO_VIOLATED.
 */
export async function throwWhereNoCellMeets(results: Results): Promise<void> {
  const violated = violatedEverywhere(results);
  if (violated.length === 0) return;
  const { sloText } = await import('@escala/report');
  const detailIn = (language: 'en' | 'pt-BR') =>
    violated.map(({ system, slo }) => `${system} (${sloText(slo, language)})`).join(', ');
  throw new EscalaError('SLO_VIOLATED', {
    count: violated.length,
    detail: { en: detailIn('en'), 'pt-BR': detailIn('pt-BR') },
  });
}

function violatedEverywhere({ experiment, capacities }: Results): { system: string; slo: Slo }[] {
  const asked = experiment.systems.flatMap(({ name }) =>
    experiment.slo.map((slo) => ({ system: name, slo })),
  );
  return asked.filter(({ system, slo }) => {
    const decisions = capacities
      .filter((one) => one.system === system && isDeepStrictEqual(one.slo, slo))
      .flatMap((one) => one.decisions);
    return decisions.length > 0 && decisions.every(({ verdict }) => verdict === 'violated');
  });
}
