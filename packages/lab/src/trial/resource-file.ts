import { appendFile } from 'node:fs/promises';
import { flushFile, headerLine, resourceColumns, rowLine, writeProblem } from '@escala/model';
import type { Deployment, Sample } from '../targets/contract/target.ts';

/** resources.csv of one trial: a row per sample and process. */
export class ResourceFile {
  readonly #path: string;
  readonly #deployment: Deployment;
  #header = headerLine(resourceColumns);

  constructor(path: string, deployment: Deployment) {
    this.#path = path;
    this.#deployment = deployment;
  }

  /** Resolves with what the machines told of themselves, which is not for this file. */
  async sample(): Promise<Sample['machines']> {
    const { processes, machines } = await this.#deployment.sample();
    const lines = processes.map(({ atUs, role, name, cpuUs, memoryBytes, throttledUs, restarts }) =>
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
    return machines;
  }

  /** Makes all samples survive a power cut; a trial's record may only be written after. */
  async flush(): Promise<void> {
    await flushFile(this.#path);
  }
}
