import { figures } from '../../packages/report/src/figures/catalogue.ts';
import { generated, page, table } from './markdown.ts';

export function figuresPage(): string {
  const rows = figures.map(({ name, title, absent }) => [`\`${name}\``, title.en, absent.en]);
  return page(
    'Figures',
    `${generated} Each is in the report, in \`figures/\` as SVG, PNG and CSV of what is drawn, and alone with \`escala report RUN --figure NAME\` ([how](../guides/paper-figures.md)).`,
    table(['name', 'shows', 'where a study has nothing for it'], rows),
  );
}
