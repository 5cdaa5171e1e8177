import { EscalaError, inEachLanguage, type Results, type Slo } from '@escala/model';

/**
 * Where a system is certain to violate a service level in every cell: a single one that meets it, or of which it cannot
 * be told, is an answer to the question how far the system goes.
 * @throws EscalaError SLO_VIOLATED.
 */
export async function throwWhereNoCellMeets(results: Results): Promise<void> {
  const violated = violatedEverywhere(results);
  if (violated.length === 0) return;
  const { sloText } = await import('@escala/report');
  const detail = inEachLanguage((language) =>
    violated.map(({ system, slo }) => `${system} (${sloText(slo, language)})`).join(', '),
  );
  throw new EscalaError('SLO_VIOLATED', { count: violated.length, detail });
}

function violatedEverywhere({ experiment, cells }: Results): { system: string; slo: Slo }[] {
  return experiment.systems.flatMap(({ name: system }) =>
    experiment.slo.flatMap((slo, i) => {
      const verdicts = cells
        .filter(({ cell }) => cell.system === system)
        .map((cell) => cell.sloVerdicts?.[i]);
      const isViolated = verdicts.length > 0 && verdicts.every((verdict) => verdict === 'violated');
      return isViolated ? [{ system, slo }] : [];
    }),
  );
}
