import { join } from 'node:path';
import packageFile from '../../../../package.json' with { type: 'json' };

/** Escala's version, which the project's own package.json says and nothing else. */
export const { version } = packageFile;

/** The folder of the project, whose package.json that is, wherever the checkout lies. */
export const projectFolder = join(import.meta.dirname, '../../../..');
