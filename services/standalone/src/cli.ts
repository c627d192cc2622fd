import { enableCompileCache } from 'node:module';

// What is imported after this is stripped of its types and compiled once, not at every start.
enableCompileCache();
const { main } = await import('./command-line.ts');
process.exitCode = await main();
