import { doubtsOf, fill, findingText, type Results, sentences, trialsText } from '@escala/model';
import { colourist, verdictStyles } from '../../terminal/colours.ts';
import type { World } from '../../terminal/world.ts';

const words = sentences.model.doubts;
/** Reasons, and cells of each, that the terminal names; the report has more. */
const [DOUBTS_MAX, CELLS_MAX] = [5, 4];

/** Why trials are not VALID, each reason once with its cells, a paragraph each. */
export function describeDoubts({ trials }: Results, world: World): string[] {
  const { language } = world;
  const paint = colourist(world, world.stdout);
  const doubts = doubtsOf(trials);
  const lines = doubts.slice(0, DOUBTS_MAX).map(({ verdict, finding, values, trials: its }) =>
    fill(words.group, language, {
      count: its.length,
      verdict: paint(verdictStyles[verdict], verdict),
      reason: findingText(finding, values, language),
      cells: trialsText(its, language, CELLS_MAX),
    }),
  );
  const count = doubts.length - lines.length;
  return count > 0 ? [...lines, fill(words.moreReasons, language, { count })] : lines;
}
