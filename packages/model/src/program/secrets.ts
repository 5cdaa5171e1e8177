import { readFileSync } from 'node:fs';
import { EscalaError } from '../problems/problems.ts';
import { systemReason } from '../problems/system-reason.ts';
import { type Sentence, sentences } from '../sentences/sentences.ts';

const words = sentences.model.secrets;

/** Header fields whose value is always a secret. */
export const secretFields = /^(authorization|proxy-authorization|cookie)$/i;

/** Where a secret lies. Its value is sent, and written nowhere. */
interface SecretPlace {
  readonly env?: string;
  readonly file?: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what no header can carry.
const control = /[\0-\x08\x0a-\x1f\x7f]/;

/** @throws EscalaError SECRET_MISSING where there is none, or one that no header can carry. */
export function readSecret({ env, file }: SecretPlace, environment: NodeJS.ProcessEnv): string {
  const missing = (detail: Sentence) =>
    new EscalaError('SECRET_MISSING', { place: env ?? file ?? '', detail });
  const value = env === undefined ? fileText(file ?? '', missing) : environment[env];
  if (value === undefined) throw missing(words.notSet);
  if (value === '') throw missing(words.empty);
  if (control.test(value)) throw missing(words.hasControls);
  return value;
}

/** The last line feed of a file is the editor's. */
function fileText(file: string, missing: (detail: Sentence) => EscalaError): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw missing(systemReason(cause));
  }
}

/** `authorization: env:NAME`, `authorization: Bearer env:NAME`, `x-key: file:PATH`. */
const written = /^([^:]+:\s*(?:\S+ )?)(env|file):(\S+)$/;

/** Header fields as they are sent, of those that a person wrote. @throws EscalaError SECRET_MISSING */
export function withSecrets(fields: readonly string[], environment: NodeJS.ProcessEnv): string[] {
  return fields.map((field) => {
    const [, start = '', kind = '', place = ''] = written.exec(field) ?? [];
    return kind === '' ? field : start + readSecret({ [kind]: place }, environment);
  });
}

/** A text of others without the secrets that they may have sent back. */
export function masked(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
