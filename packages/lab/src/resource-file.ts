import { appendFile } from 'node:fs/promises';
import { headerLine, resourceColumns, rowLine, writeProblem } from '@escala/model';
import { flushFile } from './durable-file.ts';
import type { Deployment } from './target.ts';

/** resources.csv of one trial: a row per sample and process. */
export class ResourceFile {
  readonly #path: string;
  readonly #deployment: Deployment;
  #header = headerLine(resourceColumns);

  constructor(path: string, deployment: Deployment) {
    this.#path = path;
    this.#deployment = deployment;
  }

  async sample(): Promise<void> {
    const lines = (await this.#deployment.sample()).map(
      ({ atUs, role, name, cpuUs, memoryBytes, throttledUs, restarts }) =>
        rowLine(resourceColumns, [
          atUs,
          role,
          name,
          cpuUs,
          memoryBytes,
          throttledUs ?? undefined,
          restarts ?? undefined,
        ]),
    );
    const text = this.#header + lines.join('');
    this.#header = '';
    await appendFile(this.#path, text).catch((cause) => Promise.reject(writeProblem(cause, this.#path)));
  }

  /** Makes all samples survive a power cut; a trial's record may only be written after. */
  async flush(): Promise<void> {
    await flushFile(this.#path);
  }
}
