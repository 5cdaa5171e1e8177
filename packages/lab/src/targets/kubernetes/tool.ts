import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EscalaError } from '@escala/model';
import { projectFolder } from '../../project-folder.ts';

const run = promisify(execFile);

/** Runs a program of this machine in the project's folder and returns what it printed. */
export async function tool(program: string, words: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(program, [...words], { cwd: projectFolder, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (cause) {
    const { stderr, message } = cause as Error & { stderr?: string };
    const detail = stderr?.trim().split('\n').slice(-5).join('\n') || message;
    throw new EscalaError('IMAGE_NOT_BUILT', { command: [program, ...words].join(' '), detail }, { cause });
  }
}
