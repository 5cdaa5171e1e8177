import { fillEach, inEachLanguage, type Sentence } from './language.ts';
import { EscalaError } from './problems.ts';

/** Why the system refused a file, by its error codes (errno), which stand beside it for a search. */
const reasons = {
  ENOENT: { en: 'there is no such file or folder', 'pt-BR': 'não existe tal arquivo ou pasta' },
  EACCES: { en: 'the rights do not allow it', 'pt-BR': 'as permissões não o permitem' },
  EPERM: { en: 'the system does not allow it', 'pt-BR': 'o sistema não o permite' },
  EISDIR: { en: 'it is a folder', 'pt-BR': 'é uma pasta' },
  ENOTDIR: { en: 'a part of its path is a file', 'pt-BR': 'uma parte do caminho é um arquivo' },
  EEXIST: { en: 'it is there already', 'pt-BR': 'já existe' },
  EROFS: { en: 'the disk can only be read', 'pt-BR': 'o disco é somente de leitura' },
  ENOSPC: { en: 'the disk is full', 'pt-BR': 'o disco está cheio' },
  EIO: { en: 'the disk failed', 'pt-BR': 'o disco falhou' },
  EMFILE: { en: 'too many files are open', 'pt-BR': 'há arquivos abertos demais' },
} as const satisfies Record<string, Sentence>;

const withCode: Sentence = { en: '{reason} ({code})', 'pt-BR': '{reason} ({code})' };

/** What a failed file operation says, in each language; what is not known stays in the system's own words, quoted. */
export function systemReason(cause: unknown): Sentence {
  const { code = '', message = String(cause) } = cause as NodeJS.ErrnoException;
  if (!Object.hasOwn(reasons, code)) return inEachLanguage(() => `“${message}”`);
  return fillEach(withCode, { reason: reasons[code as keyof typeof reasons], code });
}

/** For a file that could not be read. */
export function unreadable(file: string, cause: unknown): EscalaError {
  return new EscalaError('FILE_UNREADABLE', { file, detail: systemReason(cause) }, { cause });
}

/** For a file or a folder that could not be made or written. */
export function unwritable(folder: string, cause: unknown): EscalaError {
  return new EscalaError('FOLDER_UNWRITABLE', { folder, detail: systemReason(cause) }, { cause });
}

/** A full disk, or a used-up quota. */
export function isDiskFull(cause: unknown): boolean {
  const { code } = cause as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** For a write of `file` that the system refused: DISK_FULL, or FOLDER_UNWRITABLE with its reason. */
export function failedWrite(cause: unknown, file: string): EscalaError {
  return isDiskFull(cause) ? new EscalaError('DISK_FULL', { file }, { cause }) : unwritable(file, cause);
}

/**
 * For what went wrong while `file` was written or removed: as `failedWrite`. What is none of the system's doing stays what
 * it is.
 */
export function writeProblem(cause: unknown, file: string): unknown {
  const { code = '' } = cause as NodeJS.ErrnoException;
  return isDiskFull(cause) || Object.hasOwn(reasons, code) ? failedWrite(cause, file) : cause;
}
