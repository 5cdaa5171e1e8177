export const generated = 'This page is made from the code by `npm run generate`.';

/** A Markdown table. What would break a cell, or be taken for HTML, is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function escaped(cell: string): string {
  const outsideCode = (text: string) => text.replaceAll('<', '\\<');
  const parts = cell
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ')
    .split(/(`[^`]*`)/);
  return parts.map((part) => (part.startsWith('`') ? part : outsideCode(part))).join('');
}

/** Title, introduction and sections, with an empty line between each. */
export function page(title: string, ...parts: readonly string[]): string {
  return `${[`# ${title}`, ...parts].join('\n\n')}\n`;
}
