import { clientOptions, type OptionTable, serverOptions } from '@escala/model';
import { generated, page, table } from './markdown.ts';

export function programsPage(): string {
  return page(
    'The two programs',
    `${generated} A flag and its variable mean the same; the flag wins.`,
    section('`escala server`', serverOptions),
    section('`escala client`', clientOptions),
  );
}

function section(title: string, options: OptionTable): string {
  const rows = Object.values(options).map(({ flag, variable, fallback, allowed, doc }) => [
    flag ? `\`--${flag}\`` : '–',
    variable ? `\`${variable}\`` : '–',
    fallback ?? '–',
    allowed.en,
    doc.en,
  ]);
  return `## ${title}\n\n${table(['flag', 'variable', 'default', 'takes', 'is'], rows)}`;
}
