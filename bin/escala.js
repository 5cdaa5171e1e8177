// Plain JavaScript, so that an old Node reads it and says what is missing, in one sentence, before any TypeScript.
import module from 'node:module';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 12)) {
  process.stderr.write(
    `escala: this is Node ${process.versions.node}, and Escala needs 24.12 or later; run "npm ci" without --omit=optional to get it, or install Node 24.12 or later (https://nodejs.org) on this system.\n`,
  );
  process.exitCode = 4;
} else {
  module.enableCompileCache();
  const { main } = await import('@escala/cli');
  await main();
}
