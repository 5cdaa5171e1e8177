import { eventDescriptions } from './event-descriptions.ts';
import { generated, page, table } from './markdown.ts';

export function eventsPage(): string {
  const sections = Object.entries(eventDescriptions).map(([name, { when, fields }]) => {
    const rows = Object.entries<string>(fields).map(([field, holds]) => [`\`${field}\``, holds]);
    return `## \`${name}\`\n\n${when}${rows.length > 0 ? `\n\n${table(['field', 'holds'], rows)}` : ''}`;
  });
  return page(
    'Events',
    `${generated} What happens in a run, in order: one JSON object a line in \`events.ndjson\`, and on stdout with \`escala run --json\`. Terminal progress, \`escala watch\`, resume and replay read it. Names and fields are stable; new ones may come, and a reader passes over what it does not know. After a crash the last line can be torn: a resumed run cuts it.`,
    "Every event has `type`, its name, and `atUs`, when it happened (µs since the Unix epoch, the clock of the lab). Trials are named by `cell`, the cell's key, and `round`, from 1.",
    ...sections,
  );
}
