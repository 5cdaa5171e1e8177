import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.js': 'text/javascript; charset=utf-8',
};

export interface PageFile {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** The files of the page by name, read once. Only these are served: no path of a request ever reaches the disk. */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  const folder = join(import.meta.dirname, 'page');
  const names = readdirSync(folder).filter((name) => extname(name) in mediaTypes);
  return new Map(
    names.map((name) => [
      name === 'index.html' ? '' : name,
      { mediaType: mediaTypes[extname(name)] ?? '', bytes: readFileSync(join(folder, name)) },
    ]),
  );
}
