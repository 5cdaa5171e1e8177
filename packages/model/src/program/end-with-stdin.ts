/**
 * Ends this process, at once and without draining, when its standard input ends: whoever started it holds the other
 * end, and has then ended, however that came about.
 */
export function endWithStdin(): void {
  process.stdin
    .on('end', () => process.exit(0))
    .on('error', () => process.exit(0))
    .resume();
}
