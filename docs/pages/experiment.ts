import { experimentJsonSchema } from '@escala/lab';
import { quantities } from '@escala/model';
import { experimentKeys } from './experiment-keys.ts';
import { generated, page, table } from './markdown.ts';

/** The part of JSON Schema that the experiment's schema uses. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

export function experimentPage(): string {
  const schema = experimentJsonSchema() as Schema;
  const keys = Object.entries(schema.properties ?? {});
  return page(
    'Keys of an experiment',
    `${generated} An experiment is YAML, and strict: an unknown key is an error that names the nearest known one. \`escala init\` writes one with comments; the first line of the files in [experiments](../../experiments) makes editors complete them, by [experiment.schema.json](experiment.schema.json). Every combination of levels is a cell.`,
    ...keys.map(([key, property]) => keySection(key, property)),
    systemSection(schema),
    kubernetesSection(schema),
  );
}

function keySection(key: string, property: Schema): string {
  const notes = experimentKeys[key as keyof typeof experimentKeys];
  const fallback = notes.fallback === null ? '' : `, by default \`${notes.fallback}\``;
  const more = notes.more === undefined ? '' : ` ${notes.more}`;
  return `## \`${key}\`\n\n${sentence(property.description ?? '')}${more} It takes ${takes(property)}${fallback}.\n\n\`\`\`yaml\n${notes.example}\n\`\`\``;
}

function systemSection({ properties }: Schema): string {
  const own = properties?.['systems']?.items?.anyOf?.find((one) => one.properties);
  const example = `systems:
  - name: mine
    command: [node, dist/server.js]
    path: /orders
    ledger: none
    environment: {LOG_LEVEL: warn}`;
  return `## A system of your own\n\n${propertiesTable(own)}\n\n\`\`\`yaml\n${example}\n\`\`\``;
}

function kubernetesSection({ properties }: Schema): string {
  return `## Settings of the Kubernetes target\n\n${propertiesTable(properties?.['kubernetes'])}`;
}

/** As a person would write it; a mapping without keys is none. */
function defaultOf(value: unknown): string {
  if (value === undefined) return '–';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return value === null || text === '{}' ? 'none' : `\`${text}\``;
}

function propertiesTable(schema: Schema | undefined): string {
  const rows = Object.entries(schema?.properties ?? {}).map(([key, property]) => [
    `\`${key}\``,
    defaultOf(property.default),
    takes(property),
    property.description ?? '',
  ]);
  return table(['key', 'default', 'takes', 'is'], rows);
}

/** What may be written for it, in words. */
function takes({
  type,
  anyOf,
  items,
  properties,
  minimum,
  maximum,
  exclusiveMinimum,
  ...rest
}: Schema): string {
  if (rest.enum) return rest.enum.map((value) => `\`${value}\``).join(' or ');
  if (rest.const !== undefined) return `\`${rest.const}\``;
  if (anyOf) return anyOfText(anyOf, rest.description);
  if (items) return `a list of ${takes(items)}`;
  if (properties) return `a mapping of ${Object.keys(properties).map((key) => `\`${key}\``).join(', ')}`; // biome-ignore format: one line says it
  if (type === 'integer') return `a whole number from ${minimum} to ${number(maximum)}`;
  if (type === 'number') return `a number above ${exclusiveMinimum}, up to ${number(maximum)}`;
  if (type === 'boolean') return '`true` or `false`';
  if (type === 'object') return 'a mapping of names to text';
  return 'text';
}

function anyOfText(choices: readonly Schema[], description = ''): string {
  const [one, list] = choices;
  if (one && list?.items && JSON.stringify(list.items) === JSON.stringify(one))
    return `${takes(one)}; or a list of such`;
  if (choices.some((choice) => choice.const === 0))
    return quantities[description.includes('size') ? 'size' : 'duration'].en;
  return choices.map(takes).join(', or ');
}

const number = (value: number | undefined) => (value ?? 0).toLocaleString('en');
const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
