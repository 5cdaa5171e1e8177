import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type Sentence, sentences } from '@escala/model';

const mediaTypes = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.js': 'text/javascript; charset=utf-8',
};
const isServed = (extension: string): extension is keyof typeof mediaTypes => extension in mediaTypes;

export interface PageFile {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** What the page says, and the languages that it can be said in, each by its own name. */
export const pageCatalogue = { languages: sentences.model.language, words: sentences.dashboard };

/** The files of the page by name, read once. Only these are served: no path of a request ever reaches the disk. */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  const folder = join(import.meta.dirname, 'page');
  const files = new Map<string, PageFile>();
  for (const name of readdirSync(folder)) {
    const extension = extname(name);
    if (!isServed(extension) || extension === '.html') continue;
    files.set(name, { mediaType: mediaTypes[extension], bytes: readFileSync(join(folder, name)) });
  }
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const words: Readonly<Record<string, Sentence>> = sentences.dashboard;
  // What needs no script is said in every language; the rest in one, until the page's own script knows the reader's.
  const filled = page.replace(/\{(\w+)\}/g, (place, key) =>
    key === 'needsScript' ? Object.values(words[key] ?? {}).join(' ') : (words[key]?.en ?? place),
  );
  return files
    .set('', {
      mediaType: mediaTypes['.html'],
      bytes: Buffer.from(filled),
    })
    .set('words.json', { mediaType: 'application/json', bytes: Buffer.from(JSON.stringify(pageCatalogue)) });
}
