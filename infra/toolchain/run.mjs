#!/usr/bin/env node
// The door to every root script. It runs on any Node from 20 on and has no dependencies, because it is what
// brings the right Node and pnpm: both come from the npm registry when the machine has less.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
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

/** What npx brought the last time for the same packages: asking it again takes a second. Null: ask it. */
function toolsAtHand() {
  try {
    const file = path.join(root, 'node_modules', '.provisie-tools.json');
    const tools = JSON.parse(readFileSync(file, 'utf8'));
    const isHere = existsSync(tools.node) && existsSync(tools.pnpm);
    return tools.packages === packages.join(' ') && isHere ? tools : null;
  } catch {
    return null;
  }
}

const tools = toolsAtHand();
const script = 'infra/toolchain/tasks.ts';
const ownPath = process.env.PATH ?? path.dirname(process.execPath);
const env = {
  ...process.env,
  // The arguments travel in the environment, so that no shell gets to split them.
  PROVISIE_TASK: JSON.stringify([task, process.env.INIT_CWD ?? process.cwd(), ...args]),
  PROVISIE_TOOLS: packages.join(' '),
  PATH: tools === null ? ownPath : [tools.path, ownPath].join(path.delimiter),
};
const options = { cwd: root, stdio: 'inherit', env };
// npx puts the packages' binaries first on the PATH.
const result =
  tools === null
    ? spawnSync(
        process.platform === 'win32' ? 'npx.cmd' : 'npx',
        [
          '--yes',
          '--loglevel=error',
          ...packages.flatMap((name) => ['-p', name]),
          '-c',
          `node ${script}`,
        ],
        options,
      )
    : spawnSync(tools.node, [script], options);
if (result.error) {
  console.error(`Could not start npx: ${result.error.message}. npm must be on the PATH.`);
  process.exit(1);
}
process.exit(result.status ?? 1);
