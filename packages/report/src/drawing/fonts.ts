import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Path of a TrueType file of the DejaVu family, which this package brings along. */
export function fontFile(name: 'DejaVuSansCondensed' | 'DejaVuSansCondensed-Bold'): string {
  return require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);
}
