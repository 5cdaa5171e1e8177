import { fillEach, inEachLanguage, type Sentence } from './language.ts';
import { EscalaError } from './problems.ts';

/** Why the system refused a file, a port or a connection, by its error codes (errno), which stand beside it for a search. */
const reasons: Readonly<Record<string, Sentence>> = {
  ENOENT: { en: 'there is no such file or folder', 'pt-BR': 'não existe tal arquivo ou pasta' },
  EACCES: { en: 'the rights do not allow it', 'pt-BR': 'as permissões não o permitem' },
  EPERM: { en: 'the system does not allow it', 'pt-BR': 'o sistema não o permite' },
  EISDIR: { en: 'it is a folder', 'pt-BR': 'é uma pasta' },
  ENOTDIR: { en: 'a part of its path is a file', 'pt-BR': 'uma parte do caminho é um arquivo' },
  EEXIST: { en: 'it is there already', 'pt-BR': 'já existe' },
  ENOTEMPTY: { en: 'the folder is not empty', 'pt-BR': 'a pasta não está vazia' },
  ENAMETOOLONG: { en: 'its name is too long', 'pt-BR': 'o nome é longo demais' },
  ELOOP: { en: 'its symbolic links lead in a circle', 'pt-BR': 'os links simbólicos formam um ciclo' },
  EROFS: { en: 'the disk can only be read', 'pt-BR': 'o disco é somente de leitura' },
  ENOSPC: { en: 'the disk is full', 'pt-BR': 'o disco está cheio' },
  EDQUOT: { en: 'the quota of the disk is used up', 'pt-BR': 'a cota do disco se esgotou' },
  EFBIG: { en: 'the file would be too large', 'pt-BR': 'o arquivo ficaria grande demais' },
  EIO: { en: 'the disk failed', 'pt-BR': 'o disco falhou' },
  EBUSY: { en: 'another program uses it', 'pt-BR': 'outro programa o usa' },
  ETXTBSY: { en: 'it is a program that runs', 'pt-BR': 'é um programa em execução' },
  EXDEV: { en: 'it lies on another disk', 'pt-BR': 'está em outro disco' },
  ESPIPE: { en: 'it is a pipe, and must be a file', 'pt-BR': 'é um pipe, e precisa ser um arquivo' },
  EPIPE: { en: 'the reader of the pipe is gone', 'pt-BR': 'quem lia o pipe já não existe' },
  ENXIO: { en: 'nothing stands behind it', 'pt-BR': 'não há nada por trás dele' },
  ENODEV: { en: 'the device cannot do it', 'pt-BR': 'o dispositivo não o permite' },
  EINVAL: { en: 'the system does not take it', 'pt-BR': 'o sistema não o aceita' },
  EMFILE: { en: 'too many files are open', 'pt-BR': 'há arquivos abertos demais' },
  ENFILE: { en: 'too many files are open on this machine', 'pt-BR': 'há arquivos abertos demais na máquina' },
  ENOMEM: { en: 'there is not enough memory', 'pt-BR': 'não há memória suficiente' },
  EAGAIN: { en: 'too many processes or threads run', 'pt-BR': 'há processos ou threads demais' },
  E2BIG: { en: 'the command line is too long', 'pt-BR': 'a linha de comando é longa demais' },
  ENOEXEC: { en: 'it is no program of this machine', 'pt-BR': 'não é um programa desta máquina' },
  EADDRINUSE: { en: 'the port is taken', 'pt-BR': 'a porta está ocupada' },
  EADDRNOTAVAIL: { en: 'the address is not of this machine', 'pt-BR': 'o endereço não é desta máquina' },
  ECONNREFUSED: { en: 'the connection was refused', 'pt-BR': 'a conexão foi recusada' },
  ECONNRESET: { en: 'the connection was cut', 'pt-BR': 'a conexão foi interrompida' },
  UND_ERR_SOCKET: { en: 'the connection was cut', 'pt-BR': 'a conexão foi interrompida' },
  ETIMEDOUT: { en: 'no answer came in time', 'pt-BR': 'nenhuma resposta chegou a tempo' },
  UND_ERR_CONNECT_TIMEOUT: { en: 'no answer came in time', 'pt-BR': 'nenhuma resposta chegou a tempo' },
  UND_ERR_HEADERS_TIMEOUT: { en: 'no answer came in time', 'pt-BR': 'nenhuma resposta chegou a tempo' },
  EHOSTUNREACH: { en: 'no network leads there', 'pt-BR': 'nenhuma rede leva até lá' },
  ENETUNREACH: { en: 'no network leads there', 'pt-BR': 'nenhuma rede leva até lá' },
  ENOTFOUND: { en: 'there is no machine of this name', 'pt-BR': 'não há máquina com este nome' },
  ERR_STREAM_PREMATURE_CLOSE: { en: 'the connection was cut', 'pt-BR': 'a conexão foi interrompida' },
  EAI_AGAIN: { en: 'the name server does not answer', 'pt-BR': 'o servidor de nomes não responde' },
};

/** A `mkdir` with parents has codes of its own: also of a disk that can only be read Node says ENOENT (seen with Node 24). */
const folderReasons: Readonly<Record<string, Sentence>> = {
  ENOENT: {
    en: 'the place can only be read, or a link leads nowhere',
    'pt-BR': 'o lugar é somente de leitura, ou um link não leva a lugar algum',
  },
  EEXIST: { en: 'a part of its path is a file', 'pt-BR': 'uma parte do caminho é um arquivo' },
};

const says = {
  known: { en: '{reason} ({code})', 'pt-BR': '{reason} ({code})' },
  late: { en: 'no answer came in time', 'pt-BR': 'nenhuma resposta chegou a tempo' },
  noHttp: { en: 'what answers speaks no HTTP ({code})', 'pt-BR': 'o que responde não fala HTTP ({code})' },
  coded: { en: 'the system refused it ({code})', 'pt-BR': 'o sistema o recusou ({code})' },
} as const satisfies Record<string, Sentence>;

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
  if (isTimeout(cause)) return says.late;
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
