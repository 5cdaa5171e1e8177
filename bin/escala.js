// Plain JavaScript, so that an old Node reads it and says what is missing, in one sentence, before any TypeScript.
import module from 'node:module';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 12)) {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const { node } = process.versions;
  process.stderr.write(
    /^pt/i.test(LC_ALL || LC_MESSAGES || LANG || '')
      ? `escala: este é o Node ${node}, e o Escala precisa do 24.12 ou mais novo; execute "npm ci" sem --omit=optional para obtê-lo, ou instale o Node 24.12 ou mais novo (https://nodejs.org) neste sistema.\n`
      : `escala: this is Node ${node}, and Escala needs 24.12 or later; run "npm ci" without --omit=optional to get it, or install Node 24.12 or later (https://nodejs.org) on this system.\n`,
  );
  process.exitCode = 4;
} else {
  module.enableCompileCache();
  const { main } = await import('@escala/cli');
  await main();
}
