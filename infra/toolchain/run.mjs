#!/usr/bin/env node
// The door to every root script. It runs on any Node from 20 on and has no dependencies, because it is what
// brings the right Node and pnpm: both come from the npm registry when the machine has less.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const PNPM = 'pnpm@12.21.0';
const NODE_MAJOR = 24;
const MINIMUM_NODE = [22, 18];

const root = fileURLToPath(new URL('../..', import.meta.url));
const [task = 'help', ...args] = process.argv.slice(2);

function runsSources(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1]);
}

const packages = [PNPM];
if (!runsSources(process.versions.node)) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  packages.push(`node-${platform}-${process.arch}@${NODE_MAJOR}`);
}

// npx puts the packages' binaries first on the PATH; the arguments travel in the environment, so that no
// shell gets to split them.
const result = spawnSync(
  process.platform === 'win32' ? 'npx.cmd' : 'npx',
  [
    '--yes',
    '--loglevel=error',
    ...packages.flatMap((name) => ['-p', name]),
    '-c',
    'node infra/toolchain/tasks.ts',
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PROVISIE_TASK: JSON.stringify([task, process.env.INIT_CWD ?? process.cwd(), ...args]),
      PATH: process.env.PATH ?? path.dirname(process.execPath),
    },
  },
);
if (result.error) {
  console.error(`Could not start npx: ${result.error.message}. npm must be on the PATH.`);
  process.exit(1);
}
process.exit(result.status ?? 1);
