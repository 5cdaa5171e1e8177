import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { EscalaError } from '../problems/problems.ts';
import { unreadable } from '../problems/system-reason.ts';
import type { TlsTexts } from '../protocol/agent-protocol.ts';
import { inEachLanguage } from '../sentences/sentences.ts';

/** Paths of PEM files: authorities in place of the system's, and the client's own certificate with its key. */
interface TlsFiles {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly serverName?: string | undefined;
}

/** @throws EscalaError FILE_UNREADABLE; TLS_INVALID for what is no certificate, or a key of another one. */
export function readTls(files: TlsFiles): TlsTexts {
  const texts: Record<string, string> = {};
  for (const name of ['ca', 'cert', 'key'] as const) {
    const file = files[name];
    if (file === undefined) continue;
    try {
      texts[name] = readFileSync(file, 'utf8');
    } catch (cause) {
      throw unreadable(file, cause);
    }
  }
  try {
    createSecureContext(texts);
  } catch (cause) {
    const detail = inEachLanguage(() => `“${(cause as Error).message}”`);
    throw new EscalaError('TLS_INVALID', { files: Object.keys(texts).join(', '), detail }, { cause });
  }
  return { ...texts, ...(files.serverName !== undefined && { serverName: files.serverName }) };
}
