import { sentences } from '../sentences/sentences.ts';
import { EscalaError } from './problems.ts';

const words = sentences.model.listenProblem;

/** Why a server could not listen there: PORT_TAKEN, PORT_FORBIDDEN, or OPTION_INVALID for an address that is not ours. */
export function listenProblem(cause: unknown, { host, port }: { host: string; port: number }): EscalaError {
  const { code } = cause as NodeJS.ErrnoException;
  const values = { host, port: String(port) };
  if (code === 'EADDRINUSE') return new EscalaError('PORT_TAKEN', values, { cause });
  if (code === 'EACCES') return new EscalaError('PORT_FORBIDDEN', values, { cause });
  const allowed = words.anAddressOfThis;
  return new EscalaError('OPTION_INVALID', { option: '--host', value: host, allowed }, { cause });
}
