import { createReadStream } from 'node:fs';

/** Line by line: the first file whole, of the others all but their header. */
export async function* linesOf(files: readonly string[]): AsyncGenerator<string> {
  for (const [i, file] of files.entries()) {
    let rest = '';
    let isHeader = i > 0;
    for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (!isHeader) yield line;
        isHeader = false;
      }
    }
    if (rest !== '') yield rest;
  }
}
