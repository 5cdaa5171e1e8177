// The same test with many more kills, each at a moment of its own.
process.env['ESCALA_TEST_KILLS'] ??= '60';
process.env['ESCALA_TEST_SEED'] ??= 'long';
await import('./interruption.test.ts');

export {};
