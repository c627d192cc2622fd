import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test.each([0, 3])('a program that starts servers keeps its exit code %i', (code) => {
  const server = JSON.stringify(new URL('server.ts', import.meta.url).href);
  const program = `await import(${server}); process.exitCode = ${String(code)};`;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', program]);
  expect(status).toBe(code);
});
