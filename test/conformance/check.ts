import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ledgerColumns } from '@escala/model';
import { parse } from 'csv-parse/sync';
import type { Started } from './start.ts';

/** The implementation under test: where it answers, and where its one ledger lies. */
export interface Subject {
  readonly url: string;
  readonly dataFolder: string;
  /** The simulated service that it was started with; without it that check is left out. */
  readonly service?: { readonly timeUs: number; readonly parallelism: number };
  readonly replica: string;
  /** Starts the implementation once more, with these settings; without it the checks that end a process are left out. */
  readonly start?: (environment: Record<string, string>) => Promise<Started>;
}

/** One requirement. `core`: every implementation; `full`: what ours promises beyond. */
export interface Check {
  readonly name: string;
  readonly profile: 'core' | 'full';
  /** What the subject must have for the check to be made at all. */
  readonly needs?: 'service' | 'start';
  readonly run: (subject: Subject) => Promise<void>;
}

export type LedgerRow = Record<(typeof ledgerColumns)[number]['name'], string>;

export const message = { run: 'conformance', cell: 'c/1.1', client: 1, message: 1 };

let made = 0;
const life = Date.now().toString(36);
/** An id that no other check, and no earlier run on this ledger, has sent. */
export const newId = (): string => `conformance.${life}.${++made}`;

/** Sends a message with its id; `body` may be text that is no JSON. */
export function post(
  subject: Subject,
  id: string,
  body: unknown = message,
  headers: Record<string, string> = {},
) {
  return fetch(`${subject.url}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': id, ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  });
}

/** The ledger's rows from the disk, read strictly: a row with another number of cells, or a stray quote, throws. */
export function ledgerRows({ dataFolder, replica }: Subject): LedgerRow[] {
  const [header, ...rows] = parse(readFileSync(join(dataFolder, `ledger-${replica}.csv`)), {}) as string[][];
  const names = ledgerColumns.map(({ name }) => name as string);
  if (String(header) !== String(names)) throw new Error(`the header is ${header}`);
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])) as LedgerRow);
}

export const rowsOf = (subject: Subject, id: string): LedgerRow[] =>
  ledgerRows(subject).filter((row) => row.request_id === id);
