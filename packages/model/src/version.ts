import packageFile from '../../../package.json' with { type: 'json' };

/** Escala's version, which the project's own package.json says and nothing else. */
export const { version } = packageFile;
