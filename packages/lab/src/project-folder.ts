import { join } from 'node:path';

/** The project's folder: three levels above this file, wherever the checkout lies. */
export const projectFolder = join(import.meta.dirname, '../../..');
