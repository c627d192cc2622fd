// The root scripts themselves; started by run.mjs with a Node that runs TypeScript sources and with pnpm.
import { spawn, type SpawnOptions } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = process.cwd();
const [task = '', cwd = root, ...args] = wanted();
const toolPackages = process.env['PROVISIE_TOOLS'] ?? '';
delete process.env['PROVISIE_TOOLS'];
const node = process.execPath;
const bin = (name: string) => path.join(root, 'node_modules', '.bin', name);
const CLI = path.join(root, 'services/standalone/src/cli.ts');

/** What run.mjs hands over: the task, the caller's folder, and the arguments. */
function wanted(): string[] {
  const text = process.env['PROVISIE_TASK'] ?? '[]';
  // The programs that this starts refuse variables they don't know.
  delete process.env['PROVISIE_TASK'];
  const parts: unknown = JSON.parse(text);
  return Array.isArray(parts) ? parts.map(String) : [];
}

/** Resolves with the exit code. Ctrl-C reaches the child by itself; other signals are passed on. */
function run(
  command: string,
  commandArgs: readonly string[],
  options: SpawnOptions = {},
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, [...commandArgs], { cwd: root, stdio: 'inherit', ...options });
    const forward = (signal: NodeJS.Signals) => child.kill(signal);
    const ignore = () => {};
    process.on('SIGTERM', forward);
    process.on('SIGINT', ignore);
    child.on('error', (error) => {
      console.error(`Could not start ${command}: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code) => {
      process.off('SIGTERM', forward);
      process.off('SIGINT', ignore);
      resolve(code ?? 1);
    });
  });
}

async function install(): Promise<void> {
  const code = await run('pnpm', ['install', '--frozen-lockfile', '--reporter=silent'], {
    env: { ...process.env, CI: 'true' },
  });
  if (code === 0) return;
  console.error('Installing the dependencies failed. What pnpm says:');
  await run('pnpm', ['install', '--frozen-lockfile'], { env: { ...process.env, CI: 'true' } });
  process.exit(code);
}

/** Lets run.mjs do without npx the next time. */
function rememberTools(): void {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const folder = folders.find((one) => existsSync(path.join(one, 'pnpm')));
  if (folder === undefined) return;
  const tools = {
    packages: toolPackages,
    node,
    pnpm: path.join(folder, 'pnpm'),
    path: folder,
  };
  writeFileSync(path.join(root, 'node_modules', '.provisie-tools.json'), JSON.stringify(tools));
}

const cli = (...cliArgs: readonly string[]) => run(node, [CLI, ...cliArgs], { cwd });

function projects(): string[] {
  return ['packages', 'services', 'load-tests', 'infra', 'examples']
    .flatMap((group) => readdirSync(path.join(root, group)).map((name) => path.join(group, name)))
    .filter((project) => existsSync(path.join(root, project, 'tsconfig.json')));
}

/** What a project's own `tsconfig.json` says beside what it extends. */
interface ProjectTypes {
  readonly compilerOptions: object;
  readonly include: readonly string[];
}

function typesOf(project: string): ProjectTypes {
  const file = path.join(root, project, 'tsconfig.json');
  const own: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (isProjectTypes(own)) return own;
  throw new Error(`${file} should have compilerOptions and include.`);
}

function isProjectTypes(value: unknown): value is ProjectTypes {
  return (
    typeof value === 'object' && value !== null && 'compilerOptions' in value && 'include' in value
  );
}

/** Projects with the same options are checked together: what they share is read once. */
function programs(): string[] {
  const byOptions = Map.groupBy(projects(), (project) =>
    JSON.stringify(typesOf(project).compilerOptions),
  );
  return [...byOptions.values()].flatMap((alike, index) =>
    alike.length > 1 ? programOf(alike, index) : alike,
  );
}

/** In `node_modules`, so that nobody takes it for a project's own. */
function programOf(alike: readonly string[], index: number): string {
  const file = path.join(root, 'node_modules', `.provisie-types-${String(index)}.json`);
  const include = alike.flatMap((project) =>
    typesOf(project).include.map((part) => `../${project}/${part}`),
  );
  const [compilerOptions] = alike.map((project) => typesOf(project).compilerOptions);
  writeFileSync(
    file,
    JSON.stringify({ extends: '../tsconfig.base.json', compilerOptions, include }),
  );
  return file;
}

const checks: Readonly<Record<string, () => Promise<number>>> = {
  types: async () => {
    const codes: number[] = [];
    for (const program of programs()) codes.push(await run(bin('tsc'), ['-p', program]));
    return Math.max(...codes);
  },
  lint: () => run(bin('oxlint'), ['--type-aware', '--deny-warnings']),
  format: () => run(bin('prettier'), ['--check', '--log-level', 'warn', '.']),
  dependencies: () => run(bin('depcruise'), ['--config', '.dependency-cruiser.cjs', ...projects()]),
  'dead code': () => run(bin('knip'), []),
};

async function check(): Promise<number> {
  const failed: string[] = [];
  for (const [name, work] of Object.entries(checks)) {
    const started = performance.now();
    const code = await work();
    if (code !== 0) failed.push(name);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  }
  console.log(
    `check: ${Object.keys(checks).length - failed.length} passed, ${failed.length} failed`,
  );
  return failed.length === 0 ? 0 : 1;
}

const tasks: Readonly<Record<string, () => Promise<number>>> = {
  demo: () => cli('demo', ...args),
  start: () => cli('serve', ...args),
  provisie: () => cli(...args),
  test: () => run(bin('vitest'), ['run', ...args]),
  check,
  bench: () => run(node, ['--expose-gc', 'load-tests/bench/src/main.ts', ...args]),
  simulate: () => run(node, ['load-tests/simulator/src/main.ts', ...args]),
  load: () => run(node, ['load-tests/k6/src/main.ts', ...args]),
  format: () => run(bin('prettier'), ['--write', '--log-level', 'warn', '.']),
};

const work = tasks[task];
if (work === undefined) {
  console.error(`Unknown task "${task}". One of: ${Object.keys(tasks).join(', ')}.`);
  process.exit(2);
}
await install();
rememberTools();
process.exit(await work());
