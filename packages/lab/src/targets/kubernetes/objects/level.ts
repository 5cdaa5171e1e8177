/** The level of a cell or a block: its own where the experiment has several, else the experiment's one. */
export function levelOf<T>(own: T | undefined, levels: readonly T[]): T {
  const level = own ?? levels[0];
  if (level === undefined) throw new Error('the experiment has a factor without a level');
  return level;
}
