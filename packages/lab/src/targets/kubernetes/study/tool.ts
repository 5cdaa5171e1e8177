import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EscalaError, projectFolder } from '@escala/model';

const run = promisify(execFile);

/**
 * Runs a program of this machine in the project's folder and returns what it printed. `signal` ends it.
 * @throws EscalaError TOOL_MISSING, IMAGE_NOT_BUILT; the signal's reason.
 */
export async function tool(program: string, words: readonly string[], signal: AbortSignal): Promise<string> {
  try {
    const options = { cwd: projectFolder, maxBuffer: 64 * 1024 * 1024, signal };
    return (await run(program, [...words], options)).stdout;
  } catch (cause) {
    // Also where the terminal's Ctrl-C ended the program itself.
    signal.throwIfAborted();
    const { code, stderr, message } = cause as NodeJS.ErrnoException & { stderr?: string };
    if (code === 'ENOENT') throw new EscalaError('TOOL_MISSING', { program }, { cause });
    const detail = stderr?.trim().split('\n').slice(-5).join('\n') || message;
    throw new EscalaError('IMAGE_NOT_BUILT', { command: [program, ...words].join(' '), detail }, { cause });
  }
}
