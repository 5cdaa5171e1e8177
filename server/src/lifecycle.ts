const signals = ['SIGTERM', 'SIGINT'] as const;

/** Resolves at the first signal; the second one, with its default action again, ends the process at once. */
export function untilSignalled(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const heard = (signal: NodeJS.Signals) => {
      for (const name of signals) process.removeListener(name, heard);
      resolve(signal);
    };
    for (const name of signals) process.on(name, heard);
  });
}
