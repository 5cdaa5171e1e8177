import { fillEach, inEachLanguage, type Sentence, sentences } from '../sentences/sentences.ts';
import { EscalaError } from './problems.ts';

/** Why the system refused a file, a port or a connection, by its error codes (errno), which stand beside it for a search. */
const words = sentences.model.systemReason.reasons;
const reasons: Readonly<Record<string, Sentence>> = {
  ...words,
  // What undici and Node's streams call the same.
  UND_ERR_SOCKET: words.ECONNRESET,
  ERR_STREAM_PREMATURE_CLOSE: words.ECONNRESET,
  UND_ERR_CONNECT_TIMEOUT: words.ETIMEDOUT,
  UND_ERR_HEADERS_TIMEOUT: words.ETIMEDOUT,
  ENETUNREACH: words.EHOSTUNREACH,
};

/** A `mkdir` with parents has codes of its own: also of a disk that can only be read Node says ENOENT (seen with Node 24). */
const folderReasons: Readonly<Record<string, Sentence>> = {
  ...sentences.model.systemReason.folderReasons,
  EEXIST: words.ENOTDIR,
};

const says = sentences.model.systemReason.says;

/** The error of the system itself, also where another error carries it as its cause, as that of a fetch does. */
function systemError(cause: unknown): (NodeJS.ErrnoException & { readonly code: string }) | undefined {
  if (!(cause instanceof Error) || cause instanceof EscalaError) return undefined;
  const { code = '' } = cause as NodeJS.ErrnoException;
  // Node's own codes, ERR_…, are of a wrong call and not of the system; all but one.
  return /^(E(?!RR_)|UND_ERR_|HPE_|ERR_STREAM_PREMATURE)[A-Z0-9_]+$/.test(code)
    ? Object.assign(cause, { code })
    : systemError(cause.cause);
}

const systemCode = (cause: unknown) => systemError(cause)?.code;

/**
 * What an operation that the system refused says, in each language. A problem of ours says what happened; an error without
 * a code has its own words, quoted.
 */
export function systemReason(cause: unknown): Sentence {
  if (cause instanceof EscalaError) return cause.says;
  if (isTimeout(cause)) return words.ETIMEDOUT;
  const { code, syscall } = systemError(cause) ?? {};
  if (code === undefined) return inEachLanguage(() => `“${cause instanceof Error ? cause.message : cause}”`);
  if (code.startsWith('HPE_')) return fillEach(says.noHttp, { code });
  const table = syscall === 'mkdir' && Object.hasOwn(folderReasons, code) ? folderReasons : reasons;
  const reason = Object.hasOwn(table, code) ? table[code] : undefined;
  return reason ? fillEach(says.known, { reason, code }) : fillEach(says.coded, { code });
}

/** Also where another error carries it as its cause, as that of an aborted request does. */
function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && (cause.name === 'TimeoutError' || isTimeout(cause.cause));
}

/**
 * What reached the end of a program, as a problem of ours: an error that the system gave and nobody expected has its
 * reason and what it was about; anything else is a bug.
 */
export function asProblem(cause: unknown): EscalaError {
  if (cause instanceof EscalaError) return cause;
  if (isDiskFull(cause)) return unwritable((cause as NodeJS.ErrnoException).path ?? '?', cause);
  const { syscall, path, address } = cause as NodeJS.ErrnoException & { address?: string };
  if (systemCode(cause) === undefined) {
    const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    return new EscalaError('BUG', { detail }, { cause });
  }
  const what = path ?? address ?? syscall ?? '?';
  return new EscalaError('SYSTEM_REFUSED', { what, detail: systemReason(cause) }, { cause });
}

/** What went wrong first, where it then made removals fail, too. */
export function firstCause(thrown: unknown): unknown {
  return thrown instanceof SuppressedError ? firstCause(thrown.suppressed) : thrown;
}

/** For a file that could not be read. */
export function unreadable(file: string, cause: unknown): EscalaError {
  return new EscalaError('FILE_UNREADABLE', { file, detail: systemReason(cause) }, { cause });
}

/** For a file or a folder that could not be made, written or removed: DISK_FULL, or FOLDER_UNWRITABLE with its reason. */
export function unwritable(folder: string, cause: unknown): EscalaError {
  if (isDiskFull(cause)) return new EscalaError('DISK_FULL', { file: folder }, { cause });
  return new EscalaError('FOLDER_UNWRITABLE', { folder, detail: systemReason(cause) }, { cause });
}

/** A full disk, or a used-up quota. */
export function isDiskFull(cause: unknown): boolean {
  const code = systemCode(cause);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** For what went wrong while `file` was written or removed: as `unwritable`. An error that is not the system's stays as it is. */
export function writeProblem(cause: unknown, file: string): unknown {
  return systemCode(cause) === undefined ? cause : unwritable(file, cause);
}

/** Why a server could not listen there: PORT_TAKEN, PORT_FORBIDDEN, or OPTION_INVALID for an address that is not ours. */
export function listenProblem(cause: unknown, { host, port }: { host: string; port: number }): EscalaError {
  const { code } = cause as NodeJS.ErrnoException;
  const values = { host, port: String(port) };
  if (code === 'EADDRINUSE') return new EscalaError('PORT_TAKEN', values, { cause });
  if (code === 'EACCES') return new EscalaError('PORT_FORBIDDEN', values, { cause });
  const allowed = sentences.model.listenProblem.anAddressOfThis;
  return new EscalaError('OPTION_INVALID', { option: '--host', value: host, allowed }, { cause });
}
